package dev.slipway.runtime.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Wakes a loop: rings while it is busy are kept, but only as one. A clock that is set moves no appointment.
final class Ringer {
    private boolean rung;
    private boolean appointed;
    /// Of [System#nanoTime].
    private long at;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /// Rings at that time, unless it is rung before.
    void ringAt(Instant time) {
        ringIn(Duration.between(Instant.now(), time));
    }

    private synchronized void ringIn(Duration pause) {
        long time = System.nanoTime() + TimeUnit.NANOSECONDS.convert(pause);
        if (!appointed || time - at < 0) {
            appointed = true;
            at = time;
        }
        notifyAll();
    }

    /// Waits for a ring and takes it.
    synchronized void await() throws InterruptedException {
        while (!rung) {
            long left = at - System.nanoTime();
            if (appointed && left <= 0) {
                break;
            }
            wait(appointed ? TimeUnit.NANOSECONDS.toMillis(left) + 1 : 0);
        }
        rung = false;
        appointed = false;
    }

    /// Waits for a ring, at most so long, and takes it.
    void await(Duration most) throws InterruptedException {
        ringIn(most);
        await();
    }
}
