package dev.slipway.runtime.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What was measured of one app: 10 s for an hour, 1 min for a day, 10 min for a week. On disk it takes at most 9 MiB,
/// a slot of a busy app 1.4 KB. Thread-safe.
///
/// The slots that are being filled aren't written yet: after a crash they are filled again from the finer ones,
/// so at most 10 s are lost.
final class AppMetrics implements AutoCloseable {
    static final int STEP = 10;
    private static final long FINE_BYTES = 1 << 20;
    private static final long COARSE_BYTES = 4 << 20;

    private final Series fine;
    private final Series minutes;
    private final Series coarse;

    AppMetrics(Path directory) throws IOException {
        fine = new Series(directory.resolve("10s"), STEP, Duration.ofHours(1), FINE_BYTES);
        minutes = new Series(directory.resolve("1m"), 60, Duration.ofDays(1), COARSE_BYTES);
        coarse = new Series(directory.resolve("10m"), 600, Duration.ofDays(7), COARSE_BYTES);
        minutes.refill(fine);
        coarse.refill(minutes);
    }

    synchronized void add(Slot slot) throws IOException {
        fine.add(slot);
        minutes.add(slot);
        coarse.add(slot);
    }

    /// Slots as long as the range wants, oldest first; there are none for times in which nothing ran.
    synchronized List<Slot> read(Range range, long now) throws IOException {
        Series series = switch (range) {
            case HOUR -> fine;
            case SIX_HOURS, DAY -> minutes;
            case WEEK -> coarse;
        };
        List<Slot> joined = new ArrayList<>();
        for (Slot slot : series.since(now - range.length().toSeconds(), now)) {
            long begin = Math.floorDiv(slot.begin(), range.step()) * range.step();
            Slot last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && last.begin() == begin) {
                joined.set(joined.size() - 1, last.merge(slot, begin, range.step()));
            } else {
                joined.add(new Slot(begin, range.step(), slot.traffic(), slot.starts(), slot.instances()));
            }
        }
        return joined;
    }

    @Override
    public synchronized void close() throws IOException {
        fine.flush(); // the others are filled again from it
        fine.close();
        minutes.close();
        coarse.close();
    }
}
