package dev.slipway.db.apps;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a commit is built. Paths are relative to the repository's root (`contextDir`, "" for the root itself)
/// and to the context (`dockerfile`).
public record BuildSettings(
        String contextDir,
        String dockerfile,
        @Nullable String targetStage,
        Map<String, String> buildArgs,
        int timeoutSeconds) {

    public static final BuildSettings DEFAULT = new BuildSettings("", "Dockerfile", null, Map.of(), 1800);

    public BuildSettings {
        buildArgs = Map.copyOf(buildArgs);
    }
}
