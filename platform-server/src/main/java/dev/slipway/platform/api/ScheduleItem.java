package dev.slipway.platform.api;

import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleSettings;
import dev.slipway.platform.commands.ScheduleView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schedule as it is answered.
record ScheduleItem(
        long id,
        String app,
        String name,
        String cron,
        String zone,
        List<String> command,
        int timeoutSeconds,
        ScheduleSettings.Overlap overlap,
        ScheduleSettings.Missed missed,

        @Schema(description = "Who paused it; null when it isn't") @Nullable
        String pausedBy,

        @Schema(description = "When it is due next, in its zone; empty while it is paused")
        List<OffsetDateTime> next,

        @Schema(description = "Its last run that ended by itself") @Nullable
        LastRun lastRun,

        @Schema(description = "It was due since its last start, and didn't run") @Nullable
        Skipped skipped,

        String createdBy,
        Instant createdAt) {

    /// What came of a run.
    record LastRun(
            long id,
            RunState state,
            @Nullable Integer exitCode,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        static LastRun of(Run run) {
            return new LastRun(run.id(), run.state(), run.exitCode(), run.startedAt(), run.endedAt());
        }
    }

    /// How often in a row it was due and didn't run, when last, and why then.
    record Skipped(int times, Instant at, String why) {}

    static ScheduleItem of(String app, ScheduleView view) {
        Schedule schedule = view.schedule();
        ScheduleSettings settings = schedule.settings();
        ZoneId zone = ZoneId.of(settings.zone());
        return new ScheduleItem(
                schedule.id(),
                app,
                settings.name(),
                settings.cron(),
                settings.zone(),
                settings.command(),
                settings.timeoutSeconds(),
                settings.overlap(),
                settings.missed(),
                schedule.pausedBy(),
                view.next().stream()
                        .map(time -> time.atZone(zone).toOffsetDateTime())
                        .toList(),
                view.last() == null ? null : LastRun.of(view.last()),
                skipped(schedule.skip()),
                schedule.createdBy(),
                schedule.createdAt());
    }

    private static @Nullable Skipped skipped(Schedule.@Nullable Skip skip) {
        return skip == null ? null : new Skipped(skip.times(), skip.at(), skip.why());
    }
}
