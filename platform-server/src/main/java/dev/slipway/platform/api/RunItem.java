package dev.slipway.platform.api;

import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunState;
import dev.slipway.platform.commands.RunView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command that runs once, as it is answered.
record RunItem(
        long id,
        String app,
        Run.Kind kind,

        @Schema(description = "Arguments for the image's entry point")
        List<String> command,

        int timeoutSeconds,

        @Schema(description = "Number of the release in whose image and config it runs")
        int release,

        @Schema(description = "Name of the schedule by which it was due") @Nullable
        String schedule,

        RunState state,
        @Nullable RunReason reason,
        @Nullable String message,
        @Nullable Integer exitCode,
        String requestedBy,

        @Schema(description = "Who wants it to end") @Nullable
        String cancelRequestedBy,

        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    static RunItem of(String app, RunView view) {
        Run run = view.run();
        return new RunItem(
                run.id(),
                app,
                run.kind(),
                run.command(),
                run.timeoutSeconds(),
                view.release(),
                view.schedule(),
                run.state(),
                run.reason(),
                run.message(),
                run.exitCode(),
                run.requestedBy(),
                run.cancelRequestedBy(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt());
    }
}
