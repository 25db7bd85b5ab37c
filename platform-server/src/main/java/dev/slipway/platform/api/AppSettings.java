package dev.slipway.platform.api;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.Source;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.apps.AppDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An app's settings as they are sent. What is left out or null gets its default.
record AppSettings(
        @Nullable String repositoryUrl,
        @Nullable String repositoryUser,
        @Nullable String repositoryPassword,
        @Nullable String branch,
        @Nullable Integer pollSeconds,
        @Nullable Build build,
        @Nullable Process process) {
    private static final int POLL_SECONDS = 60;

    /// How commits are built. Build arguments are no place for secrets: they are shown to every user and stay
    /// in the image's history.
    record Build(
            @Nullable String contextDir,
            @Nullable String dockerfile,
            @Nullable String targetStage,

            @Schema(description = "No place for secrets: every user sees them, and they stay in the image's history")
            @Nullable
            Map<String, @Nullable String> buildArgs,

            @Nullable Integer timeoutSeconds,

            @Schema(
                    description =
                            "Names of config variables that builds can mount: RUN --mount=type=secret,id=NAME; they stay out of the image")
            @Nullable
            List<String> secrets) {
        BuildSettings toSettings() {
            BuildSettings usual = BuildSettings.DEFAULT;
            return new BuildSettings(
                    or(contextDir, usual.contextDir()),
                    or(dockerfile, usual.dockerfile()),
                    targetStage,
                    withoutNulls(buildArgs),
                    or(timeoutSeconds, usual.timeoutSeconds()),
                    or(secrets, usual.secrets()));
        }

        static Build of(BuildSettings build) {
            return new Build(
                    build.contextDir(),
                    build.dockerfile(),
                    build.targetStage(),
                    Map.copyOf(build.buildArgs()),
                    build.timeoutSeconds(),
                    build.secrets());
        }
    }

    /// How instances run; takes effect with the next release.
    record Process(
            @Nullable Integer port,
            @Nullable String healthPath,
            @Nullable Integer memoryMb,
            @Nullable Integer cpuMillis,
            @Nullable Integer pids,
            @Nullable Integer startSeconds,
            @Nullable Integer drainSeconds) {
        ProcessSpec toSpec() {
            ProcessSpec usual = ProcessSpec.DEFAULT;
            return new ProcessSpec(
                    port,
                    healthPath,
                    or(memoryMb, usual.memoryMb()),
                    or(cpuMillis, usual.cpuMillis()),
                    or(pids, usual.pids()),
                    or(startSeconds, usual.startSeconds()),
                    or(drainSeconds, usual.drainSeconds()));
        }

        static Process of(ProcessSpec spec) {
            return new Process(
                    spec.port(),
                    spec.healthPath(),
                    spec.memoryMb(),
                    spec.cpuMillis(),
                    spec.pids(),
                    spec.startSeconds(),
                    spec.drainSeconds());
        }
    }

    /// The present settings, without credentials, which are never given out.
    static AppSettings of(App app) {
        return switch (app.source()) {
            case Source.Hosted hosted ->
                new AppSettings(
                        null, null, null, hosted.branch(), null, Build.of(app.build()), Process.of(app.process()));
            case Source.Watched watched ->
                new AppSettings(
                        watched.url(),
                        null,
                        null,
                        watched.branch(),
                        watched.pollSeconds(),
                        Build.of(app.build()),
                        Process.of(app.process()));
        };
    }

    /// @throws IllegalArgumentException with a sentence when a value can't be
    AppDraft toDraft(String name) {
        return new AppDraft(
                name,
                repositoryUrl,
                repositoryUser,
                repositoryPassword,
                or(branch, "main"),
                or(pollSeconds, POLL_SECONDS),
                build == null ? BuildSettings.DEFAULT : build.toSettings(),
                process == null ? ProcessSpec.DEFAULT : process.toSpec());
    }

    /// Without the credentials.
    @Override
    public String toString() {
        return "AppSettings[" + branch + "]";
    }

    private static <T> T or(@Nullable T given, T usual) {
        return Optional.ofNullable(given).orElse(usual);
    }

    private static Map<String, String> withoutNulls(@Nullable Map<String, @Nullable String> arguments) {
        Map<String, String> kept = new LinkedHashMap<>();
        if (arguments != null) {
            arguments.forEach((name, value) -> {
                if (value != null) {
                    kept.put(name, value);
                }
            });
        }
        return kept;
    }
}
