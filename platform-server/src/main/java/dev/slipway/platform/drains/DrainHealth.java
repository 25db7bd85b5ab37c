package dev.slipway.platform.drains;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a drain does, as the runtime tier says.
///
/// @param deliveredAt when lines last arrived, since the runtime tier's start
/// @param behindBytes about how many bytes wait to be sent
/// @param lostBytes about how many were deleted before they could be sent
/// @param error why the last try failed; null when it didn't
public record DrainHealth(
        long id,
        @Nullable Instant deliveredAt,
        long lines,
        long behindBytes,
        long lostBytes,
        @Nullable String error,
        @Nullable Instant failingSince,
        @Nullable Test test) {

    /// What came of the last test line.
    ///
    /// @param at when it was asked for
    /// @param error null: it arrived
    public record Test(Instant at, @Nullable String error) {}
}
