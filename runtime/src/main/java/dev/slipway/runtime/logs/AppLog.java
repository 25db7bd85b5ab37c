package dev.slipway.runtime.logs;

import dev.slipway.runtime.engine.Output;
import dev.slipway.runtime.records.Position;
import dev.slipway.runtime.records.RecordLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The log of one app: the lines of all its instances in the order in which they came, the oldest of which go
/// when there are too many bytes of them. Thread-safe.
///
/// How far each container's output is kept stands in the log itself (every segment begins with it), so that the
/// lines and what is known of them can't disagree after a crash.
final class AppLog implements AutoCloseable {
    private static final int MOST_ANSWERING = 200;

    private final RecordLog records;
    private final Map<String, Source> sources = new HashMap<>();
    private final List<LiveReader> readers = new CopyOnWriteArrayList<>();
    private int lastNumber;

    private AppLog(Path directory, long most) throws IOException {
        this.records = RecordLog.open(directory, most, this::head);
        List<Long> segments = records.segments();
        // the newest is enough, unless it was torn just where it says what is kept
        for (long segment : segments.subList(Math.max(0, segments.size() - 2), segments.size())) {
            records.read(new Position(segment, 0), this::recall);
        }
    }

    static AppLog open(Path directory, long most) throws IOException {
        return new AppLog(directory, most);
    }

    private boolean recall(Position at, byte[] segment, int from, int to) {
        if (segment[from] == Entry.SOURCE) {
            Source source = Entry.readSource(segment, from, to);
            sources.put(source.container, source);
            lastNumber = Math.max(lastNumber, source.number);
        } else if (isOutput(Entry.stream(segment[from]))) {
            int number = Entry.source(segment, from);
            Output.Stream stream =
                    Entry.stream(segment[from]) == LogLine.Stream.STDOUT ? Output.Stream.STDOUT : Output.Stream.STDERR;
            sources.values().stream()
                    .filter(source -> source.number == number)
                    .forEach(source -> source.kept(stream, Entry.at(segment, from)));
        }
        return true;
    }

    private static boolean isOutput(LogLine.Stream stream) {
        return stream == LogLine.Stream.STDOUT || stream == LogLine.Stream.STDERR;
    }

    private List<byte[]> head() {
        return sources.values().stream().map(Entry::source).toList();
    }

    /// How far a stream of a container is kept.
    synchronized Mark mark(String container, Output.Stream stream) {
        Source source = sources.get(container);
        return source == null ? Mark.NONE : source.mark(stream);
    }

    /// Adds lines of one container in their order.
    synchronized void append(String container, String instance, List<LineJoiner.Line> lines) throws IOException {
        Source source = source(container, instance);
        List<byte[]> bodies = new ArrayList<>();
        for (LineJoiner.Line line : lines) {
            bodies.add(Entry.line(streamOf(line.stream()), source.number, line.at(), line.text()));
        }
        Position first = records.append(bodies);
        int offset = first.offset();
        for (int i = 0; i < lines.size(); i++) {
            LineJoiner.Line line = lines.get(i);
            source.kept(line.stream(), line.at());
            tell(new LogLine(
                    new Position(first.segment(), offset),
                    line.at(),
                    streamOf(line.stream()),
                    Source.releaseOf(instance),
                    instance,
                    line.text()));
            offset += RecordLog.sizeOf(bodies.get(i));
        }
    }

    /// Says something about an instance's output between its lines.
    synchronized void note(String container, String instance, String sentence) throws IOException {
        Source source = source(container, instance);
        Instant now = Instant.now();
        Position at = records.append(List.of(Entry.line(LogLine.Stream.PLATFORM, source.number, now, sentence)));
        tell(new LogLine(at, now, LogLine.Stream.PLATFORM, Source.releaseOf(instance), instance, sentence));
    }

    /// Adds a line about a request that an instance answered; "" for none.
    synchronized void request(String instance, Instant at, String text) throws IOException {
        if (sources.size() > MOST_ANSWERING) {
            sources.clear(); // they get other numbers when they answer again
        }
        Source source = source(instance, instance);
        Position id = records.append(List.of(Entry.line(LogLine.Stream.ACCESS, source.number, at, text)));
        tell(new LogLine(id, at, LogLine.Stream.ACCESS, Source.releaseOf(instance), instance, text));
    }

    private Source source(String container, String instance) throws IOException {
        Source source = sources.get(container);
        if (source == null) {
            source = new Source(++lastNumber, container, instance, Mark.NONE, Mark.NONE);
            records.append(List.of(Entry.source(source)));
            sources.put(container, source);
        }
        return source;
    }

    private static LogLine.Stream streamOf(Output.Stream stream) {
        return stream == Output.Stream.STDOUT ? LogLine.Stream.STDOUT : LogLine.Stream.STDERR;
    }

    private void tell(LogLine line) {
        for (LiveReader reader : readers) {
            reader.offer(line);
        }
    }

    /// Containers that are gone from the engine won't be told again.
    synchronized void keepSources(Set<String> containers) {
        sources.keySet().retainAll(containers);
    }

    LogExtent extent(@Nullable Position from) {
        Position end = records.end();
        Position first = new Position(records.segments().getFirst(), 0);
        return from == null
                ? new LogExtent(end, 0, 0)
                : new LogExtent(end, records.bytesBetween(from, end), records.bytesBetween(from, first));
    }

    LogPage read(LogQuery query) throws IOException {
        return new LogScan(records, query).run();
    }

    /// Begins to tell lines from now on.
    ///
    /// @param query what it finds of the past is told first, without a gap to what comes
    LiveReader follow(LogQuery query) throws IOException {
        LiveReader reader = new LiveReader(query.filter());
        Position end;
        synchronized (this) {
            end = records.end();
            readers.add(reader);
        }
        try {
            LogPage past = read(query.before(end));
            reader.prepend(past.lines(), past.more() && query.after() != null);
            return reader;
        } catch (IOException | RuntimeException e) {
            leave(reader);
            throw e;
        }
    }

    void leave(LiveReader reader) {
        readers.remove(reader);
        reader.end();
    }

    @Override
    public synchronized void close() throws IOException {
        readers.forEach(LiveReader::end);
        records.close();
    }
}
