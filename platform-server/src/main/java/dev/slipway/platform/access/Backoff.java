package dev.slipway.platform.access;

import java.time.Duration;
import java.time.Instant;

/// How often something failed in a row, and until when it has to wait: `free` failures cost nothing, then each
/// doubles the time. Failures are forgotten when there was none for the longest waiting time. Pure; [Throttle]
/// keeps them.
record Backoff(int failures, Instant last, Instant until) {
    /// How patient to be.
    record Patience(int free, Duration first, Duration longest) {}

    static final Backoff NONE = new Backoff(0, Instant.EPOCH, Instant.EPOCH);

    Backoff failed(Instant now, Patience patience) {
        Instant quietSince = until.isAfter(last) ? until : last;
        int count = now.isAfter(quietSince.plus(patience.longest())) ? 1 : failures + 1;
        if (count < patience.free()) {
            return new Backoff(count, now, now);
        }
        int doublings = Math.min(count - patience.free(), 30);
        Duration wait = patience.first().multipliedBy(1L << doublings);
        return new Backoff(count, now, now.plus(wait.compareTo(patience.longest()) > 0 ? patience.longest() : wait));
    }

    /// Zero when there is nothing to wait for.
    Duration left(Instant now) {
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }
}
