package dev.slipway.platform.api;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A build as it is answered. `waiting`: why a queued one waits. `reason` is a code, `message` the sentence.
record BuildView(
        String app,
        int number,
        BuildState state,
        @Nullable String waiting,
        @Nullable BuildReason reason,
        @Nullable String message,
        @Nullable Integer failedLine,
        @Nullable Integer exitCode,
        BuildCause cause,
        String branch,
        CommitView commit,
        String requestedBy,
        @Nullable String cancelRequestedBy,
        int attempt,
        @Nullable String worker,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    static BuildView of(String app, Build build, @Nullable String waiting) {
        return new BuildView(
                app,
                build.number(),
                build.state(),
                waiting,
                build.reason(),
                build.message(),
                build.failedLine(),
                build.exitCode(),
                build.cause(),
                build.branch(),
                CommitView.of(build.commit()),
                build.requestedBy(),
                build.cancelRequestedBy(),
                build.attempt(),
                build.workerId(),
                build.queuedAt(),
                build.startedAt(),
                build.finishedAt());
    }
}
