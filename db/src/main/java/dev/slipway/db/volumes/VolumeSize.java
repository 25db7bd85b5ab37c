package dev.slipway.db.volumes;

import java.time.Instant;

/// How large a volume's files were.
///
/// @param whole false: there are more, too many to be counted
/// @param at when somebody looked
public record VolumeSize(long bytes, boolean whole, Instant at) {}
