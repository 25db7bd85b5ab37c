package dev.slipway.worker.attempt;

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
        }
        due.forEach(Runnable::run);
        return true;
    }

    public synchronized Optional<Stop> raised() {
        return Optional.ofNullable(reason);
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
