package dev.slipway.platform.api;

import dev.slipway.db.schedules.ScheduleSettings;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import dev.slipway.db.schedules.ScheduleSettings.Overlap;
import dev.slipway.platform.Problem;
import dev.slipway.platform.commands.ScheduleDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A schedule as it is sent. What is left out or null gets its default.
record ScheduleOptions(
        @Schema(description = "Unique within the app, up to 60 characters") @Nullable
        String name,

        @Schema(
                description =
                        "Minute, hour, day of the month, month, day of the week as in crontab(5), or @daily and the like")
        @Nullable
        String cron,

        @Schema(description = "IANA's name of the time zone in which that is meant; default UTC") @Nullable
        String zone,

        @Schema(description = "Arguments for the image's entry point; or line") @Nullable
        List<String> command,

        @Schema(description = "The command as one line, which is split into words by quotes; no shell reads it")
        @Nullable
        String line,

        @Schema(description = "After that a run is stopped and has failed: 1 to 86400, default 3600") @Nullable
        Integer timeoutSeconds,

        @Schema(description = "When its last run hasn't ended: SKIP (default), ALLOW another beside it, or REPLACE it")
        @Nullable
        Overlap overlap,

        @Schema(description = "When it was due while the platform was down: RUN_ONCE afterwards (default), or SKIP")
        @Nullable
        Missed missed) {

    static ScheduleOptions of(ScheduleSettings settings) {
        return new ScheduleOptions(
                settings.name(),
                settings.cron(),
                settings.zone(),
                settings.command(),
                null,
                settings.timeoutSeconds(),
                settings.overlap(),
                settings.missed());
    }

    /// @throws Problem INVALID when something is missing or can't be
    ScheduleDraft toDraft() {
        return new ScheduleDraft(
                needed("name", name),
                needed("cron", cron),
                Optional.ofNullable(zone).orElse("UTC"),
                new NewRun(line == null ? command : null, line, timeoutSeconds).toDraft(),
                Optional.ofNullable(overlap).orElse(Overlap.SKIP),
                Optional.ofNullable(missed).orElse(Missed.RUN_ONCE));
    }

    private static String needed(String field, @Nullable String value) {
        if (value == null) {
            throw Problem.invalid(field + " is missing.");
        }
        return value;
    }
}
