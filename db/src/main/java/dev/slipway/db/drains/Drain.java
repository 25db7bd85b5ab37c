package dev.slipway.db.drains;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Another place for an app's log.
///
/// @param authorized it has credentials, which are never told again
/// @param testedAt when somebody last asked for a test line
public record Drain(
        long id,
        long appId,
        DrainAddress address,
        boolean authorized,
        DrainSettings settings,
        @Nullable Instant testedAt,
        String createdBy,
        Instant createdAt) {}
