package dev.slipway.runtime.logs;

import dev.slipway.runtime.records.Position;

/// How much of an app's log stands behind a line.
///
/// @param end behind the last line
/// @param behind about how many bytes
/// @param lost about how many of them aren't there any more
public record LogExtent(Position end, long behind, long lost) {}
