package dev.slipway.db.apps;

import dev.slipway.db.releases.ProcessSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An app with its present settings. `process` is what the next build's release will take; running releases
/// have their own copy.
public record App(
        long id,
        AppName name,
        Source source,
        BuildSettings build,
        ProcessSpec process,
        int instances,
        @Nullable Instant fetchedAt,
        @Nullable String fetchError,
        Instant createdAt) {}
