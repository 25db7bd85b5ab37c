package dev.slipway.runtime.drains;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a drain does.
///
/// @param deliveredAt when lines last arrived
/// @param lines how many have arrived
/// @param behindBytes about how many bytes wait
/// @param lostBytes about how many were gone before they could be sent
/// @param error why the last try failed; null when it didn't
/// @param failingSince when the first of the failures in a row was
/// @param test what came of the last test line
record DrainHealth(
        long id,
        @Nullable Instant deliveredAt,
        long lines,
        long behindBytes,
        long lostBytes,
        @Nullable String error,
        @Nullable Instant failingSince,
        @Nullable Test test) {

    /// @param error null: it arrived
    record Test(Instant at, @Nullable String error) {}
}
