package dev.slipway.runtime.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Records in a directory of segments (`<number>.log`), the newest of which is written; the oldest segments are
/// deleted when all together would be larger than the limit. Thread-safe.
///
/// What was appended outlives the program, not a power failure: nothing is synced. A record that was torn by a
/// crash is cut off when the directory is opened, with everything behind it. Deleting the directory while it is
/// open is harmless: the next append begins it anew.
public final class RecordLog implements AutoCloseable {
    private static final int SEGMENTS = 32;
    private static final int SMALLEST_SEGMENT = 16 << 10;
    private static final int LARGEST_SEGMENT = 4 << 20;

    /// Gets the records between two positions, in their order.
    @FunctionalInterface
    public interface Reader {
        /// @param segment all bytes of the segment, the record's body from `from` to `to`
        /// @return whether to go on
        boolean record(Position at, byte[] segment, int from, int to);
    }

    private final Path directory;
    private final long most;
    private final int segmentBytes;
    private final Supplier<List<byte[]>> head;
    /// All but the newest.
    private final TreeSet<Long> older = new TreeSet<>();
    private long olderBytes;
    private long number;
    private int end;
    private FileChannel out;

    private RecordLog(Path directory, long most, Supplier<List<byte[]>> head) throws IOException {
        this.directory = directory;
        this.most = most;
        this.segmentBytes = (int) Math.clamp(most / SEGMENTS, SMALLEST_SEGMENT, LARGEST_SEGMENT);
        this.head = head;
        Files.createDirectories(directory);
        for (long found : segments(directory)) {
            older.add(found);
            olderBytes += Files.size(file(found));
        }
        number = older.isEmpty() ? 1 : older.removeLast();
        out = openFile(number);
        int size = (int) out.size();
        olderBytes -= size;
        end = whole(bytes(number, size));
        out.truncate(end);
        out.position(end);
    }

    /// @param most bytes on disk; 32 segments or fewer make it up
    /// @param head the records that every new segment begins with, so that it can be understood without those
    ///     before; not called before the first append
    public static RecordLog open(Path directory, long most, Supplier<List<byte[]>> head) throws IOException {
        return new RecordLog(directory, most, head);
    }

    private static List<Long> segments(Path directory) throws IOException {
        List<Long> numbers = new java.util.ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.log")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.matches("[0-9]{12}\\.log")) {
                    numbers.add(Long.parseLong(name.substring(0, 12)));
                }
            }
        }
        return numbers;
    }

    private FileChannel openFile(long segment) throws IOException {
        return FileChannel.open(file(segment), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Path file(long segment) {
        return directory.resolve(String.format("%012d.log", segment));
    }

    private static int whole(byte[] segment) {
        int at = 0;
        for (int next = 0; next >= 0; next = Frames.next(segment, at, segment.length)) {
            at = next;
        }
        return at;
    }

    /// How many bytes a record takes.
    public static int sizeOf(byte[] body) {
        return Frames.HEADER + body.length;
    }

    /// Appends records in a row, into one segment.
    ///
    /// @return where the first begins
    public synchronized Position append(List<byte[]> bodies) throws IOException {
        if (end == 0 || end + Frames.size(bodies) > segmentBytes) {
            roll();
        }
        Position at = new Position(number, end);
        write(bodies);
        return at;
    }

    /// Begins a new segment.
    public synchronized void roll() throws IOException {
        if (end > 0) {
            Files.createDirectories(directory);
            FileChannel next = openFile(number + 1);
            out.close();
            out = next;
            older.add(number);
            olderBytes += end;
            number++;
            end = 0;
        }
        write(head.get());
        while (!older.isEmpty() && olderBytes + segmentBytes > most) {
            dropOldest();
        }
    }

    private void dropOldest() throws IOException {
        Path file = file(older.removeFirst());
        try {
            olderBytes -= Files.size(file);
            Files.delete(file);
        } catch (NoSuchFileException gone) {
            olderBytes = Math.max(0, olderBytes - segmentBytes);
        }
    }

    /// What couldn't be written whole is taken back.
    private void write(List<byte[]> bodies) throws IOException {
        ByteBuffer bytes = Frames.write(bodies);
        int size = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            end += size;
        } catch (IOException e) {
            out.truncate(end);
            out.position(end);
            throw e;
        }
    }

    /// Behind the last record.
    public synchronized Position end() {
        return new Position(number, end);
    }

    /// About how many bytes stand between two positions, whether they are still there or not.
    public long bytesBetween(Position from, Position to) {
        return Math.max(0, (to.segment() - from.segment()) * segmentBytes + to.offset() - from.offset());
    }

    /// The numbers of the segments that are there, oldest first.
    public synchronized List<Long> segments() {
        List<Long> all = new java.util.ArrayList<>(older);
        all.add(number);
        return all;
    }

    /// Reads one segment from an offset on, as far as it is written now; not at all when it is gone.
    ///
    /// @return false when the reader had enough
    public boolean read(Position from, Reader reader) throws IOException {
        int written;
        synchronized (this) {
            written = from.segment() == number ? end : Integer.MAX_VALUE;
        }
        byte[] segment = bytes(from.segment(), written);
        int at = from.offset();
        for (int next = Frames.next(segment, at, segment.length);
                next >= 0;
                next = Frames.next(segment, at, segment.length)) {
            if (!reader.record(new Position(from.segment(), at), segment, at + Frames.HEADER, next)) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private byte[] bytes(long segment, int most) throws IOException {
        try (FileChannel in = FileChannel.open(file(segment), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(in.size(), most));
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // on
            }
            return bytes.hasRemaining() ? java.util.Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
        } catch (NoSuchFileException gone) {
            return new byte[0];
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
