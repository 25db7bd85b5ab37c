package dev.slipway.db.apps;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a commit is built. Paths are relative to the repository's root (`contextDir`, "" for the root itself)
/// and to the context (`dockerfile`).
///
/// @param secrets names of config variables that builds can mount as secrets (`RUN --mount=type=secret,id=NAME`)
public record BuildSettings(
        String contextDir,
        String dockerfile,
        @Nullable String targetStage,
        Map<String, String> buildArgs,
        int timeoutSeconds,
        List<String> secrets) {

    public static final BuildSettings DEFAULT = new BuildSettings("", "Dockerfile", null, Map.of(), 1800);

    public BuildSettings {
        buildArgs = Map.copyOf(buildArgs);
        secrets = List.copyOf(secrets);
    }

    /// Without secrets.
    public BuildSettings(
            String contextDir,
            String dockerfile,
            @Nullable String targetStage,
            Map<String, String> buildArgs,
            int timeoutSeconds) {
        this(contextDir, dockerfile, targetStage, buildArgs, timeoutSeconds, List.of());
    }
}
