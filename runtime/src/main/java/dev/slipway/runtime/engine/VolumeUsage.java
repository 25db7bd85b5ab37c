package dev.slipway.runtime.engine;

/// How large a volume's files are.
///
/// @param whole false: there are more, too many to be counted
public record VolumeUsage(long bytes, boolean whole) {}
