package dev.slipway.worker.attempt;

/// How much of a build's log is kept: its beginning. The build itself goes on.
public record LogLimits(int lines, long bytes) {
    public static final LogLimits DEFAULT = new LogLimits(100_000, 20L << 20);

    @Override
    public String toString() {
        return String.format("%,d lines or %,d MiB", lines, bytes >> 20);
    }
}
