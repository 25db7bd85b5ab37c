package dev.slipway.runtime.logs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Somebody who watches an app's log. Who reads too slowly loses lines, and is told how many.
public final class LiveReader {
    private static final int MOST_LINES = 2_000;
    private static final int MOST_CHARS = 1 << 20;
    private static final int AT_ONCE = 500;

    private final LogQuery.Filter filter;
    private final LogQuery.@Nullable Needle needle;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final ArrayDeque<LogLine> past = new ArrayDeque<>();
    private final ArrayDeque<LogLine> waiting = new ArrayDeque<>();
    private int chars;
    private long skipped;
    private boolean gap;
    private boolean ended;

    LiveReader(LogQuery.Filter filter) {
        this.filter = filter;
        this.needle = filter.needle();
    }

    /// Lines in a row.
    ///
    /// @param skipped how many lines before them were too much
    /// @param gap there were others before them, nobody counted how many
    public record Batch(List<LogLine> lines, long skipped, boolean gap) {}

    /// Never waits.
    void offer(LogLine line) {
        if (!filter.fits(line) || needle != null && !needle.isIn(line.text())) {
            return;
        }
        lock.lock();
        try {
            // what was skipped stands before all that waits
            if (waiting.size() >= MOST_LINES || chars >= MOST_CHARS) {
                skipped += waiting.size();
                waiting.clear();
                chars = 0;
            }
            waiting.addLast(line);
            chars += line.text().length();
            came.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Puts lines of the past before what came meanwhile. None of them is skipped.
    ///
    /// @param gapBefore the watcher has seen lines before, but not all up to these
    void prepend(List<LogLine> lines, boolean gapBefore) {
        lock.lock();
        try {
            gap = gapBefore;
            past.addAll(lines);
        } finally {
            lock.unlock();
        }
    }

    /// What came, when nothing came for so long an empty batch; null at the end.
    public @Nullable Batch take(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (past.isEmpty() && waiting.isEmpty() && !ended && nanos > 0) {
                nanos = came.awaitNanos(nanos);
            }
            if (past.isEmpty() && waiting.isEmpty() && ended) {
                return null;
            }
            List<LogLine> lines = new ArrayList<>();
            move(past, lines);
            long before = lines.isEmpty() ? skipped : 0;
            if (skipped == before) {
                // nothing is missing between what is in `lines` and what waits
                move(waiting, lines);
                skipped = 0;
            }
            Batch batch = new Batch(lines, before, gap);
            gap = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void move(ArrayDeque<LogLine> from, List<LogLine> to) {
        while (to.size() < AT_ONCE && !from.isEmpty()) {
            LogLine line = from.removeFirst();
            to.add(line);
            if (from == waiting) {
                chars -= line.text().length();
            }
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            came.signal();
        } finally {
            lock.unlock();
        }
    }
}
