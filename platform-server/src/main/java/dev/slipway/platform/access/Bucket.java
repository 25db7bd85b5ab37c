package dev.slipway.platform.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// A token bucket: `capacity` at once, then one every `interval`. Thread-safe.
final class Bucket {
    private final int capacity;
    private final Duration interval;
    private final Clock clock;
    private int left;
    private Instant filledAt;

    Bucket(int capacity, Duration interval, Clock clock) {
        this.capacity = capacity;
        this.interval = interval;
        this.clock = clock;
        this.left = capacity;
        this.filledAt = clock.instant();
    }

    /// Takes one, or says how long to wait for the next.
    synchronized Duration take() {
        Instant now = clock.instant();
        long drops = Math.max(0, Duration.between(filledAt, now).dividedBy(interval));
        left = (int) Math.min(capacity, left + drops);
        filledAt = left == capacity ? now : filledAt.plus(interval.multipliedBy(drops));
        if (left == 0) {
            return Duration.between(now, filledAt.plus(interval));
        }
        left--;
        return Duration.ZERO;
    }

    /// Gives one back that turned out not to count.
    synchronized void giveBack() {
        left = Math.min(capacity, left + 1);
    }
}
