package dev.slipway.runtime.logs;

import java.time.Duration;

/// How much of an instance's output is kept: a bucket that holds `burst` bytes and gets `perSecond` more each
/// second. Times are those of `System.nanoTime`.
final class Allowance {
    private static final long SECOND = 1_000_000_000;

    private final long perSecond;
    private final long burst;
    private double left;
    private long at;

    Allowance(long perSecond, long burst, long now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.left = burst;
        this.at = now;
    }

    /// Takes so many bytes; false when the bucket is empty, and something must be left out.
    boolean take(long bytes, long now) {
        refill(now);
        left -= bytes;
        return left >= 0;
    }

    /// How long until another second's bytes can be taken.
    Duration pause(long now) {
        refill(now);
        double missing = Math.min(perSecond, burst) - left;
        return Duration.ofNanos(Math.max(0, (long) (missing / perSecond * SECOND)));
    }

    private void refill(long now) {
        left = Math.min(burst, left + (double) perSecond * (now - at) / SECOND);
        at = now;
    }
}
