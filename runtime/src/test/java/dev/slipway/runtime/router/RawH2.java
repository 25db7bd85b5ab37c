package dev.slipway.runtime.router;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A client of HTTP/2 (RFC 9113), frame by frame, so that tests can send what no well-behaved client would.
final class RawH2 implements Closeable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITY = 0x20;

    /// One frame as it came.
    private record Frame(int type, int flags, int stream, byte[] payload) {}

    /// What came on a stream so far; `reset` is the code of the frame that cut it off, -1 without one.
    static final class Answer {
        final Map<String, String> fields = new HashMap<>();
        final StringBuilder body = new StringBuilder();
        long reset = -1;
        boolean ended;

        int status() {
            return Integer.parseInt(fields.get(":status"));
        }

        boolean done() {
            return ended || reset >= 0;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Answer> answers = new HashMap<>();
    private int nextStream = 1;
    private long goneAway = -1;
    private final Map<Integer, Long> settings = new HashMap<>();

    RawH2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        write(SETTINGS, 0, 0, new byte[0]);
    }

    /// Begins a request; names and values go out as they are.
    ///
    /// @return its stream
    int request(boolean end, String... fields) throws IOException {
        int stream = nextStream;
        nextStream += 2;
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String text : fields) {
            if (block.size() == 0 || fieldBegins) {
                block.write(0); // literal without indexing, new name (RFC 7541, 6.2.2)
            }
            fieldBegins = !fieldBegins;
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            length(block, bytes.length);
            block.writeBytes(bytes);
        }
        answers.put(stream, new Answer());
        write(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
        return stream;
    }

    private boolean fieldBegins = true;

    int get(String authority, String path, String... more) throws IOException {
        String[] fields = new String[8 + more.length];
        System.arraycopy(
                new String[] {":method", "GET", ":scheme", "https", ":authority", authority, ":path", path},
                0,
                fields,
                0,
                8);
        System.arraycopy(more, 0, fields, 8, more.length);
        return request(true, fields);
    }

    /// RFC 7541, 5.1, with a prefix of seven bits.
    private static void length(ByteArrayOutputStream out, int value) {
        if (value < 127) {
            out.write(value);
            return;
        }
        out.write(127);
        int rest = value - 127;
        while (rest >= 128) {
            out.write(rest % 128 + 128);
            rest /= 128;
        }
        out.write(rest);
    }

    void data(int stream, boolean end, String text) throws IOException {
        write(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// From now on each stream may bring so many bytes before it is allowed more (RFC 9113, 6.5.2).
    void initialWindow(int bytes) throws IOException {
        write(SETTINGS, 0, 0, new byte[] {
            0, 4, (byte) (bytes >> 24), (byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes
        });
    }

    void reset(int stream) throws IOException {
        write(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    private void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {
            (byte) (payload.length >> 16),
            (byte) (payload.length >> 8),
            (byte) payload.length,
            (byte) type,
            (byte) flags,
            (byte) (stream >> 24),
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        });
        frame.writeBytes(payload);
        socket.getOutputStream().write(frame.toByteArray());
        socket.getOutputStream().flush();
    }

    /// Reads until the stream has ended in one way or another.
    Answer answer(int stream) throws IOException {
        Answer answer = Objects.requireNonNull(answers.get(stream));
        while (!answer.done()) {
            take(read());
        }
        return answer;
    }

    /// Reads until the answer's head has come.
    Answer head(int stream) throws IOException {
        Answer answer = Objects.requireNonNull(answers.get(stream));
        while (!answer.done() && answer.fields.isEmpty()) {
            take(read());
        }
        return answer;
    }

    /// Reads until the server says that it goes away.
    ///
    /// @return with which code
    long goAway() throws IOException {
        while (goneAway < 0) {
            take(read());
        }
        return goneAway;
    }

    /// Reads until the server has said its settings.
    long setting(int id) throws IOException {
        while (!settings.containsKey(id)) {
            take(read());
        }
        return settings.get(id);
    }

    private Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7fffffff;
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        return new Frame(type, flags, stream, payload);
    }

    private void take(Frame frame) throws IOException {
        Answer answer = answers.getOrDefault(frame.stream(), new Answer());
        switch (frame.type()) {
            case HEADERS ->
                decode(frame)
                        .forEach(field -> answer.fields.put(
                                field.getKey().toString(), field.getValue().toString()));
            case DATA -> answer.body.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
            case RST_STREAM -> answer.reset = number(frame.payload(), 0);
            case GOAWAY -> goneAway = number(frame.payload(), 4);
            case SETTINGS -> settings(frame);
            case PING -> {
                if ((frame.flags() & ACK) == 0) {
                    write(PING, ACK, 0, frame.payload());
                }
            }
            default -> {}
        }
        if ((frame.type() == HEADERS || frame.type() == DATA) && (frame.flags() & END_STREAM) != 0) {
            answer.ended = true;
        }
    }

    private void settings(Frame frame) throws IOException {
        if ((frame.flags() & ACK) == 0) {
            for (int at = 0; at < frame.payload().length; at += 6) {
                settings.put(frame.payload()[at] << 8 | frame.payload()[at + 1], number(frame.payload(), at + 2));
            }
            write(SETTINGS, ACK, 0, new byte[0]);
        }
    }

    private Http2Headers decode(Frame frame) {
        try {
            int from = (frame.flags() & PRIORITY) == 0 ? 0 : 5;
            return decoder.decodeHeaders(
                    frame.stream(), Unpooled.wrappedBuffer(frame.payload(), from, frame.payload().length - from));
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(byte[] bytes, int at) {
        return Integer.toUnsignedLong(java.nio.ByteBuffer.wrap(bytes).getInt(at));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
