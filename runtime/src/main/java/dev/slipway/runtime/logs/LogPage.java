package dev.slipway.runtime.logs;

import java.util.List;

/// Lines that were asked for, oldest first.
///
/// @param more there are others: older ones, or newer ones when the oldest were asked for
public record LogPage(List<LogLine> lines, boolean more) {}
