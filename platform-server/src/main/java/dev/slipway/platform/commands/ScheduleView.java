package dev.slipway.platform.commands;

import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.schedules.Schedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schedule with what came of it and what comes next.
///
/// @param next when it is due, the next times; none while it is paused
/// @param last its last run that ended by itself
public record ScheduleView(
        Schedule schedule, List<Instant> next, @Nullable Run last) {
    public ScheduleView {
        next = List.copyOf(next);
    }

    /// Its last run failed.
    public boolean failing() {
        return last != null && last.state() == RunState.FAILED;
    }
}
