package dev.slipway.db.apps;

import dev.slipway.db.releases.ProcessSpec;
import org.jspecify.annotations.Nullable;

/// What it takes to make an app. The secrets are already encrypted.
public record NewApp(
        AppName name,
        Source source,
        BuildSettings build,
        ProcessSpec process,
        byte[] webhookSecret,
        byte @Nullable [] repositorySecret) {}
