package dev.slipway.db.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that happened. `actor` is a user's name or `slipway`.
public record Event(
        long id,
        Instant at,
        @Nullable Long appId,
        @Nullable Long buildId,
        @Nullable Long releaseId,
        EventKind kind,
        String actor,
        String message) {

    /// The platform itself as actor.
    public static final String SLIPWAY = "slipway";
}
