package dev.slipway.worker.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells an attempt to end. The first reason counts. Thread-safe.
public final class StopSignal {
    private final List<Runnable> actions = new ArrayList<>();
    private @Nullable Stop reason;

    /// Ends the attempt; false when it had been told before.
    public boolean raise(Stop stop) {
        List<Runnable> due;
        synchronized (this) {
            if (reason != null) {
                return false;
            }
            reason = stop;
            due = List.copyOf(actions);
            notifyAll();
        }
        due.forEach(Runnable::run);
        return true;
    }

    public synchronized Optional<Stop> raised() {
        return Optional.ofNullable(reason);
    }

    /// Blocks for so long, or until the signal is raised: then true.
    synchronized boolean raisedWithin(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis();
                reason == null && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return reason != null;
    }

    /// Runs `action` when the signal is raised: on the raising thread, or here and now when it has been.
    void onRaise(Runnable action) {
        synchronized (this) {
            if (reason == null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
