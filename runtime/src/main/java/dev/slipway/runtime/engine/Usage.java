package dev.slipway.runtime.engine;

/// What a container uses.
///
/// @param cpuNanos CPU time since its start
/// @param memoryBytes now, without file pages that the kernel could take back at once
/// @param limitBytes how much memory it may use, 0 when there is no limit
public record Usage(long cpuNanos, long memoryBytes, long limitBytes) {}
