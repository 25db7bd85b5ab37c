package dev.slipway.platform.commands;

import dev.slipway.db.runs.Run;
import org.jspecify.annotations.Nullable;

/// A run with what it belongs to.
///
/// @param release the number of the release in which it runs
/// @param schedule the name of the schedule that made it; null also when that was removed
public record RunView(Run run, int release, @Nullable String schedule) {}
