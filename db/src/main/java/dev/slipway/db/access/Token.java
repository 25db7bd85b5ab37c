package dev.slipway.db.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A personal access token without its secret; `hint` is its beginning.
public record Token(
        long id,
        long userId,
        String name,
        String hint,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
