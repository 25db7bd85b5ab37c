package dev.slipway.db.instances;

import dev.slipway.db.releases.Processes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One running copy of a release (`java.time.Instant` apart, "instance" always means this). `releaseId` is null
/// while only its build exists.
///
/// @param process its process type
/// @param restart of one that died while its release was live; null when none of it is to be started again
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
        @Nullable Instant stoppedAt,
        String process,
        @Nullable Restart restart) {

    /// What comes after a death.
    ///
    /// @param failures of its type in a row, this one included
    /// @param at when the instance that takes its place is started
    public record Restart(int failures, Instant at) {
        /// From so many on it is a crash loop: an accident doesn't repeat itself so soon.
        public static final int LOOP = 3;

        public boolean looping() {
            return failures >= LOOP;
        }
    }

    /// One of web that hasn't died.
    public Instance(
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
        this(
                id,
                appId,
                releaseId,
                buildId,
                state,
                reason,
                message,
                containerId,
                address,
                port,
                createdAt,
                healthyAt,
                stoppedAt,
                Processes.WEB,
                null);
    }

    /// As it ended without anybody being there.
    public Instance stopped(Instant at) {
        return new Instance(
                id,
                appId,
                releaseId,
                buildId,
                State.STOPPED,
                reason,
                message,
                containerId,
                address,
                port,
                createdAt,
                healthyAt,
                at,
                process,
                restart);
    }

    public enum State {
        STARTING,
        HEALTHY,
        SERVING,
        /// Runs, but fails its health check: gets requests only when no other instance could.
        UNHEALTHY,
        DRAINING,
        STANDBY,
        STOPPED,
        FAILED
    }
}
