package dev.slipway.db.builds;

import dev.slipway.db.releases.ProcessFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One build of one commit. `attempt` is 0 until a worker claimed it and grows with every claim; `failures` counts
/// those that the platform failed. `logKept`: log and steps are still there.
public record Build(
        long id,
        long appId,
        int number,
        BuildCause cause,
        String branch,
        Commit commit,
        String requestedBy,
        BuildState state,
        @Nullable BuildReason reason,
        @Nullable String message,
        @Nullable Integer failedLine,
        @Nullable Integer exitCode,
        int attempt,
        int failures,
        @Nullable String workerId,
        @Nullable String cancelRequestedBy,
        @Nullable String localImage,
        @Nullable Integer exposedPort,
        @Nullable ProcessFile processFile,
        boolean logKept,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
