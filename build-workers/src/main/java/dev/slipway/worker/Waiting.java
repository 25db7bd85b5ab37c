package dev.slipway.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A loop's pause, which ends early when it is rung. Rings while the loop is busy are remembered as one.
final class Waiting {
    private final Semaphore rings = new Semaphore(0);

    void ring() {
        rings.release();
    }

    void await(Duration atMost) throws InterruptedException {
        if (rings.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            rings.drainPermits();
        }
    }
}
