package dev.slipway.runtime.logs;

import dev.slipway.runtime.records.Position;
import dev.slipway.runtime.records.RecordLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One look through an app's records for the lines of a query. A segment is read whole: what it says of its
/// sources stands at its beginning.
final class LogScan {
    /// Of texts in one page.
    private static final int MOST_CHARS = 1 << 20;

    private final RecordLog records;
    private final LogQuery query;
    private final LogQuery.@Nullable Needle needle;
    private final Map<Integer, Source> sources = new HashMap<>();
    private ArrayDeque<LogLine> found = new ArrayDeque<>();
    private int chars;
    private boolean tooMany;
    private Instant newest = Instant.MIN;

    LogScan(RecordLog records, LogQuery query) {
        this.records = records;
        this.query = query;
        this.needle = query.filter().needle();
    }

    LogPage run() throws IOException {
        return switch (query.order()) {
            case NEWEST -> newest();
            case OLDEST -> oldest();
        };
    }

    private LogPage newest() throws IOException {
        List<LogLine> page = new ArrayList<>();
        List<Long> segments = records.segments().reversed();
        for (long segment : segments) {
            if (query.before() != null && segment > query.before().segment()) {
                continue;
            }
            found = new ArrayDeque<>();
            newest = Instant.MIN;
            records.read(
                    new Position(segment, 0),
                    (at, bytes, from, to) -> look(at, bytes, from, to, query.limit() - page.size()));
            page.addAll(0, found);
            if (tooMany || isFarEnough(segment)) {
                return new LogPage(page, tooMany);
            }
        }
        return new LogPage(page, false);
    }

    /// Whether what stands before this segment is too old.
    private boolean isFarEnough(long segment) {
        return query.after() != null && segment <= query.after().segment()
                || query.since() != null && newest.isAfter(Instant.MIN) && newest.isBefore(query.since());
    }

    /// Keeps the last `room` lines of the segment.
    private boolean look(Position at, byte[] segment, int from, int to, int room) {
        LogLine line = line(at, segment, from, to);
        if (line != null) {
            found.addLast(line);
            chars += line.text().length();
            while (found.size() > room || chars > MOST_CHARS && found.size() > 1) {
                chars -= found.removeFirst().text().length();
                tooMany = true;
            }
        }
        return true;
    }

    private LogPage oldest() throws IOException {
        Position after = query.after();
        for (long segment : records.segments()) {
            if ((after == null || segment >= after.segment())
                    && !records.read(new Position(segment, 0), this::lookForward)) {
                return new LogPage(List.copyOf(found), true);
            }
        }
        return new LogPage(List.copyOf(found), false);
    }

    private boolean lookForward(Position at, byte[] segment, int from, int to) {
        LogLine line = line(at, segment, from, to);
        if (line == null) {
            return true;
        }
        if (found.size() >= query.limit() || chars > MOST_CHARS) {
            return false;
        }
        found.addLast(line);
        chars += line.text().length();
        return true;
    }

    private @Nullable LogLine line(Position at, byte[] segment, int from, int to) {
        if (segment[from] == Entry.SOURCE) {
            Source source = Entry.readSource(segment, from, to);
            sources.put(source.number, source);
            return null;
        }
        Instant time = Entry.at(segment, from);
        newest = time.isAfter(newest) ? time : newest;
        Source source = sources.get(Entry.source(segment, from));
        if (source == null || !query.fits(at, time) || needle != null && !needle.isIn(segment, from + Entry.TEXT, to)) {
            return null;
        }
        LogLine line = Entry.line(at, source, segment, from, to);
        return query.filter().fits(line) ? line : null;
    }
}
