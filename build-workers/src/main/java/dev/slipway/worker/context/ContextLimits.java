package dev.slipway.worker.context;

/// How large a context may be.
public record ContextLimits(long bytes, int files) {
    public static final ContextLimits DEFAULT = new ContextLimits(2L << 30, 200_000);
}
