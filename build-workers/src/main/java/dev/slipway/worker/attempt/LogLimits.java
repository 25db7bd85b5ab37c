package dev.slipway.worker.attempt;

/// How long a build's log may get.
public record LogLimits(int lines, long bytes) {
    public static final LogLimits DEFAULT = new LogLimits(100_000, 20L << 20);

    @Override
    public String toString() {
        return String.format("%,d lines or %,d MiB", lines, bytes >> 20);
    }
}
