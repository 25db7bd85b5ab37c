package dev.slipway.db.apps;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import org.jspecify.annotations.Nullable;

/// What it takes to make an app. The secrets are already encrypted.
public record NewApp(
        AppName name,
        Source source,
        BuildSettings build,
        Processes processes,
        byte[] webhookSecret,
        byte @Nullable [] repositorySecret) {

    /// One that has nothing but web.
    public NewApp(
            AppName name,
            Source source,
            BuildSettings build,
            ProcessSpec web,
            byte[] webhookSecret,
            byte @Nullable [] repositorySecret) {
        this(name, source, build, Processes.of(web), webhookSecret, repositorySecret);
    }
}
