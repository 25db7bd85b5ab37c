package dev.slipway.platform.api;

import dev.slipway.platform.apps.AppDraft;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What it takes to make an app: a name. Without a `repositoryUrl` its repository is hosted here.
record NewApp(
        @NotNull(message = "An app needs a name.") String name,
        @Nullable String repositoryUrl,
        @Nullable String repositoryUser,
        @Nullable String repositoryPassword,
        @Nullable String branch,
        @Nullable Integer pollSeconds,
        AppSettings.@Nullable Build build,
        AppSettings.@Nullable Process process,
        @Nullable Map<String, AppSettings.@Nullable Process> types,
        AppSettings.@Nullable Command releaseCommand) {
    AppDraft toDraft() {
        return new AppSettings(
                        repositoryUrl,
                        repositoryUser,
                        repositoryPassword,
                        branch,
                        pollSeconds,
                        build,
                        process,
                        types,
                        releaseCommand)
                .toDraft(name);
    }

    /// Without the credentials.
    @Override
    public String toString() {
        return "NewApp[" + name + "]";
    }
}
