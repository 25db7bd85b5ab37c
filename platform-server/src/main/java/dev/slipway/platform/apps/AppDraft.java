package dev.slipway.platform.apps;

import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.releases.Processes;
import org.jspecify.annotations.Nullable;

/// What a person gives to make or change an app. `repositoryUrl` null: hosted here.
/// `repositoryUser`/`repositoryPassword`: only for repositories that need them; null on a change keeps what is
/// stored of it.
public record AppDraft(
        String name,
        @Nullable String repositoryUrl,
        @Nullable String repositoryUser,
        @Nullable String repositoryPassword,
        String branch,
        int pollSeconds,
        BuildSettings build,
        Processes processes) {

    /// A hosted app with everything guessed.
    public static AppDraft hosted(String name) {
        return new AppDraft(name, null, null, null, "main", 60, BuildSettings.DEFAULT, Processes.DEFAULT);
    }

    /// A watched app with everything else guessed.
    public static AppDraft watched(String name, String url, String branch) {
        return new AppDraft(name, url, null, null, branch, 60, BuildSettings.DEFAULT, Processes.DEFAULT);
    }

    @Override
    public String toString() {
        return "AppDraft[" + name + "]";
    }
}
