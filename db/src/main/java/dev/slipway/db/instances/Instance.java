package dev.slipway.db.instances;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One running copy of a release (`java.time.Instant` apart, "instance" always means this). `releaseId` is null
/// while only its build exists.
public record Instance(
        String id,
        long appId,
        @Nullable Long releaseId,
        @Nullable Long buildId,
        State state,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String containerId,
        @Nullable String address,
        @Nullable Integer port,
        Instant createdAt,
        @Nullable Instant healthyAt,
        @Nullable Instant stoppedAt) {

    public enum State {
        STARTING,
        HEALTHY,
        SERVING,
        DRAINING,
        STOPPED,
        FAILED
    }
}
