package dev.slipway.db.runs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command that runs once, in the image and with the config and limits of a release. Its output isn't part of
/// it: [RunStore#output].
///
/// @param command the arguments for the image's entry point
/// @param timeoutSeconds after that it has failed
/// @param exitCode null when it never ended by itself
/// @param scheduleId what it was due by; null also when that schedule was removed
/// @param cancelRequestedBy who wants it to end; it is CANCELLED when it has
public record Run(
        long id,
        long appId,
        long releaseId,
        Kind kind,
        List<String> command,
        int timeoutSeconds,
        RunState state,
        @Nullable RunReason reason,
        @Nullable String message,
        @Nullable Integer exitCode,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long scheduleId,
        @Nullable String cancelRequestedBy) {

    /// What it is for.
    public enum Kind {
        /// before the release's instances start; one for a release
        RELEASE,
        /// asked for by somebody
        ONE_OFF,
        /// due by a schedule
        SCHEDULED
    }

    public Run {
        command = List.copyOf(command);
    }

    /// One that no schedule made and nobody wants to end.
    public Run(
            long id,
            long appId,
            long releaseId,
            Kind kind,
            List<String> command,
            int timeoutSeconds,
            RunState state,
            @Nullable RunReason reason,
            @Nullable String message,
            @Nullable Integer exitCode,
            String requestedBy,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        this(
                id,
                appId,
                releaseId,
                kind,
                command,
                timeoutSeconds,
                state,
                reason,
                message,
                exitCode,
                requestedBy,
                createdAt,
                startedAt,
                endedAt,
                null,
                null);
    }

    /// Whether somebody wants it to end.
    public boolean cancelRequested() {
        return cancelRequestedBy != null;
    }

    /// What its container is called, and its output asked for by: `shop-7.run-12`.
    ///
    /// @param app the app's name
    /// @param release the number of its release
    public String name(String app, int release) {
        return app + "-" + release + ".run-" + id;
    }
}
