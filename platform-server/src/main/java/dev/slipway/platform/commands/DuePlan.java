package dev.slipway.platform.commands;

import dev.slipway.db.runs.Run;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a schedule that is due. Pure.
sealed interface DuePlan {
    /// Later than that it was missed.
    Duration LATE = Duration.ofMinutes(2);

    /// @param cancelled runs whose place it takes
    record Start(List<Run> cancelled) implements DuePlan {}

    /// @param why the end of a sentence
    record Skip(String why) implements DuePlan {}

    /// @param open what of the app hasn't ended, of this schedule or not
    /// @param refusal why nothing of the app can start; null when it can
    static DuePlan of(Schedule due, Instant now, List<Run> open, @Nullable String refusal) {
        Instant at = due.nextAt();
        if (due.settings().missed() == Missed.SKIP
                && at != null
                && at.plus(LATE).isBefore(now)) {
            return new Skip("the platform was down");
        }
        return atOnce(due, open, refusal);
    }

    /// When it is run by hand: no time is missed.
    static DuePlan atOnce(Schedule schedule, List<Run> open, @Nullable String refusal) {
        List<Run> own = open.stream()
                .filter(run -> run.scheduleId() != null && run.scheduleId() == schedule.id())
                .toList();
        if (refusal != null) {
            return new Skip(refusal);
        }
        return switch (schedule.settings().overlap()) {
            case ALLOW -> new Start(List.of());
            case REPLACE ->
                new Start(own.stream().filter(run -> !run.cancelRequested()).toList());
            case SKIP ->
                own.isEmpty()
                        ? new Start(List.of())
                        : new Skip("its run " + own.getFirst().id() + " hadn't ended");
        };
    }
}
