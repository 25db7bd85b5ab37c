package dev.slipway.platform.access;

import java.time.Duration;
import java.time.Instant;

/// How often something failed in a row, and until when it has to wait: `free` failures cost nothing, then each doubles the time.
/// Pure; [Throttle] keeps them.
record Backoff(int failures, Instant until) {
    /// How patient to be.
    record Patience(int free, Duration first, Duration longest) {}

    static final Backoff NONE = new Backoff(0, Instant.EPOCH);

    Backoff failed(Instant now, Patience patience) {
        int count = failures + 1;
        if (count < patience.free()) {
            return new Backoff(count, Instant.EPOCH);
        }
        int doublings = Math.min(count - patience.free(), 30);
        Duration wait = patience.first().multipliedBy(1L << doublings);
        return new Backoff(count, now.plus(wait.compareTo(patience.longest()) > 0 ? patience.longest() : wait));
    }

    /// Zero when there is nothing to wait for.
    Duration left(Instant now) {
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }
}
