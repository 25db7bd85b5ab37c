package dev.slipway.db.schedules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A command that runs again and again in what is live of an app.
///
/// @param nextAt when it is due; null while it is paused
/// @param pausedBy null while it isn't
/// @param skip null when it ran the last time it was due
public record Schedule(
        long id,
        long appId,
        ScheduleSettings settings,
        @Nullable Instant nextAt,
        @Nullable String pausedBy,
        @Nullable Skip skip,
        String createdBy,
        Instant createdAt) {

    /// It was due and didn't run.
    ///
    /// @param times how often in a row
    /// @param at when it was due last
    public record Skip(int times, Instant at, String why) {}

    public boolean paused() {
        return pausedBy != null;
    }

    public String name() {
        return settings.name();
    }
}
