package dev.slipway.runtime.rollout;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Wakes a loop: rings while it is busy are kept, but only as one.
final class Ringer {
    private boolean rung;
    private @Nullable Instant at;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /// Rings at that time, unless it is rung before.
    synchronized void ringAt(Instant time) {
        if (at == null || time.isBefore(at)) {
            at = time;
        }
        notifyAll();
    }

    /// Waits for a ring and takes it.
    synchronized void await() throws InterruptedException {
        while (!rung) {
            long millis = at == null ? 0 : Duration.between(Instant.now(), at).toMillis() + 1;
            if (at != null && millis <= 1) {
                break;
            }
            wait(millis);
        }
        rung = false;
        at = null;
    }

    /// Waits for a ring, at most so long, and takes it.
    void await(Duration most) throws InterruptedException {
        ringAt(Instant.now().plus(most));
        await();
    }
}
