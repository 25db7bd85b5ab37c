package dev.slipway.db.apps;

import dev.slipway.db.releases.ProcessSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An app with its present settings. `process` is what the next build's release will take; running releases
/// have their own copy. `pause` is null when builds are released by themselves.
public record App(
        long id,
        AppName name,
        Source source,
        BuildSettings build,
        ProcessSpec process,
        int instances,
        @Nullable DeployPause pause,
        @Nullable Instant fetchedAt,
        @Nullable String fetchError,
        Instant createdAt) {}
