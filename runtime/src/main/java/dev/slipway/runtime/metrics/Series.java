package dev.slipway.runtime.metrics;

import dev.slipway.runtime.records.Position;
import dev.slipway.runtime.records.RecordLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An app's slots of one length, in a bounded file, and the one that is being filled. Not thread-safe.
final class Series implements AutoCloseable {
    private final RecordLog records;
    private final int seconds;
    private final Duration kept;
    private @Nullable Slot open;

    /// @param bytes most on disk; what is older than `kept` isn't shown even if there is room for it
    Series(Path directory, int seconds, Duration kept, long bytes) throws IOException {
        this.records = RecordLog.open(directory, bytes, List::of);
        this.seconds = seconds;
        this.kept = kept;
    }

    /// Adds what was measured; a slot is written when one behind it comes.
    void add(Slot slot) throws IOException {
        long begin = Math.floorDiv(slot.begin(), seconds) * seconds;
        Slot filling = open;
        if (filling != null && filling.begin() != begin) {
            records.append(List.of(filling.bytes()));
            filling = null;
        }
        open = filling == null
                ? new Slot(begin, seconds, slot.traffic(), slot.starts(), slot.instances())
                : filling.merge(slot, begin, seconds);
    }

    /// Fills the open slot again, after a restart, from a finer series.
    void refill(Series finer) throws IOException {
        List<Slot> written = after(0);
        long end = written.isEmpty() ? 0 : written.getLast().begin() + seconds;
        for (Slot slot : finer.after(0)) {
            if (slot.begin() >= end) {
                add(slot);
            }
        }
    }

    /// Those that end after a time, the open one too.
    private List<Slot> after(long time) throws IOException {
        List<Slot> slots = new ArrayList<>();
        for (long segment : records.segments()) {
            records.read(new Position(segment, 0), (at, bytes, from, to) -> {
                Slot slot = Slot.read(bytes, from, to);
                return slot.begin() + seconds <= time || slots.add(slot);
            });
        }
        if (open != null && open.begin() + seconds > time) {
            slots.add(open);
        }
        return slots;
    }

    /// From a time on, in seconds since 1970.
    List<Slot> since(long begin, long now) throws IOException {
        return after(Math.max(begin, now - kept.toSeconds()));
    }

    /// Writes the open slot, before it is full.
    void flush() throws IOException {
        Slot filling = open;
        if (filling != null) {
            records.append(List.of(filling.bytes()));
            open = null;
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
