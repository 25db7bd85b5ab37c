package dev.slipway.runtime.logs;

import dev.slipway.runtime.records.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Lines and sources as records.
///
/// A line: its stream's letter, the source's number (4 bytes), seconds (8) and nanoseconds (4) since 1970, the
/// text in UTF-8. A source: `S`, its number, container, instance, and how far each stream is kept.
final class Entry {
    static final byte SOURCE = 'S';
    static final int TEXT = 1 + 4 + 8 + 4;

    private Entry() {}

    static byte[] line(LogLine.Stream stream, int source, Instant at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(TEXT + bytes.length)
                .put(letter(stream))
                .putInt(source)
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .put(bytes)
                .array();
    }

    private static byte letter(LogLine.Stream stream) {
        return (byte)
                switch (stream) {
                    case STDOUT -> 'O';
                    case STDERR -> 'E';
                    case ACCESS -> 'A';
                    case PLATFORM -> 'P';
                };
    }

    static LogLine.Stream stream(byte letter) {
        return switch (letter) {
            case 'O' -> LogLine.Stream.STDOUT;
            case 'E' -> LogLine.Stream.STDERR;
            case 'A' -> LogLine.Stream.ACCESS;
            default -> LogLine.Stream.PLATFORM;
        };
    }

    static int source(byte[] segment, int from) {
        return ByteBuffer.wrap(segment).getInt(from + 1);
    }

    static Instant at(byte[] segment, int from) {
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        return Instant.ofEpochSecond(bytes.getLong(from + 5), bytes.getInt(from + 13));
    }

    static LogLine line(Position id, Source source, byte[] segment, int from, int to) {
        return new LogLine(
                id,
                at(segment, from),
                stream(segment[from]),
                Source.releaseOf(source.instance),
                source.instance,
                new String(segment, from + TEXT, to - from - TEXT, StandardCharsets.UTF_8));
    }

    static byte[] source(Source source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(SOURCE);
            out.writeInt(source.number);
            out.writeUTF(source.container);
            out.writeUTF(source.instance);
            write(out, source.mark(dev.slipway.runtime.engine.Output.Stream.STDOUT));
            write(out, source.mark(dev.slipway.runtime.engine.Output.Stream.STDERR));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Mark mark) throws IOException {
        out.writeLong(mark.at().getEpochSecond());
        out.writeInt(mark.at().getNano());
        out.writeInt(mark.count());
    }

    static Source readSource(byte[] segment, int from, int to) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(segment, from + 1, to - from - 1))) {
            return new Source(in.readInt(), in.readUTF(), in.readUTF(), mark(in), mark(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mark mark(DataInputStream in) throws IOException {
        return new Mark(Instant.ofEpochSecond(in.readLong(), in.readInt()), in.readInt());
    }
}
