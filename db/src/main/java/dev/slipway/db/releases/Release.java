package dev.slipway.db.releases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Release `number` of an app: an image (by id, whose digest never changes), a config version and a process
/// spec. Immutable but for its state.
public record Release(
        long id,
        long appId,
        int number,
        long imageId,
        int configVersion,
        Processes processes,
        ReleaseCause cause,
        @Nullable Long rollbackOf,
        String createdBy,
        ReleaseState state,
        @Nullable ReleaseReason reason,
        @Nullable String message,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant liveAt,
        @Nullable Instant endedAt) {

    /// The same as it is when it has the traffic.
    public Release live(Instant since) {
        return new Release(
                id,
                appId,
                number,
                imageId,
                configVersion,
                processes,
                cause,
                rollbackOf,
                createdBy,
                ReleaseState.LIVE,
                reason,
                message,
                createdAt,
                startedAt,
                since,
                endedAt);
    }
}
