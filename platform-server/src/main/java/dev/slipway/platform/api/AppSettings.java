package dev.slipway.platform.api;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.Source;
import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.platform.apps.AppDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An app's settings as they are sent. What is left out or null gets its default.
record AppSettings(
        @Nullable String repositoryUrl,
        @Nullable String repositoryUser,
        @Nullable String repositoryPassword,
        @Nullable String branch,
        @Nullable Integer pollSeconds,
        @Nullable Build build,
        @Nullable Process process,

        @Schema(description = "Process types beside web, by name; null takes one away") @Nullable
        Map<String, @Nullable Process> types,

        @Nullable Command releaseCommand) {
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
            @Nullable Integer drainSeconds,

            @Schema(description = "Arguments for the image's entry point, in place of its CMD; no shell sees them")
            @Nullable
            List<String> command,

            @Nullable String stopSignal,

            @Schema(description = "How long an instance of another type than web must run to be healthy") @Nullable
            Integer upSeconds,

            @Nullable Health health) {
        ProcessSpec toSpec() {
            ProcessSpec usual = ProcessSpec.DEFAULT;
            return new ProcessSpec(
                    port,
                    healthPath,
                    or(memoryMb, usual.memoryMb()),
                    or(cpuMillis, usual.cpuMillis()),
                    or(pids, usual.pids()),
                    or(startSeconds, usual.startSeconds()),
                    or(drainSeconds, usual.drainSeconds()),
                    command,
                    stopSignal,
                    upSeconds,
                    health == null ? null : health.toCheck());
        }

        static Process of(ProcessSpec spec) {
            return new Process(
                    spec.port(),
                    spec.healthPath(),
                    spec.memoryMb(),
                    spec.cpuMillis(),
                    spec.pids(),
                    spec.startSeconds(),
                    spec.drainSeconds(),
                    spec.command(),
                    spec.stopSignal(),
                    spec.upSeconds(),
                    Health.of(spec.health()));
        }
    }

    /// How instances are asked for their health, beside the path.
    record Health(
            @Schema(description = "What an HTTP check says in Host; by default the app's own name") @Nullable
            String host,

            @Schema(
                    description =
                            "Arguments of a command in the container that ends with 0 when all is well; no shell sees them")
            @Nullable
            List<String> command,

            @Schema(description = "How often it is asked again once it was healthy; 10 by default") @Nullable
            Integer intervalSeconds,

            @Schema(description = "How long it may take to answer; 5 by default") @Nullable
            Integer timeoutSeconds,

            @Schema(
                    description =
                            "After so many failures in a row (3 by default) it gets no requests as long as others do; after three times as many it is replaced")
            @Nullable
            Integer failures) {
        HealthCheck toCheck() {
            return new HealthCheck(host, command, intervalSeconds, timeoutSeconds, failures);
        }

        static @Nullable Health of(@Nullable HealthCheck check) {
            return check == null
                    ? null
                    : new Health(
                            check.host(),
                            check.command(),
                            check.intervalSeconds(),
                            check.timeoutSeconds(),
                            check.failures());
        }
    }

    /// What runs once before the instances of a new release start.
    record Command(@Nullable List<String> command, @Nullable Integer timeoutSeconds) {
        ReleaseCommand toCommand() {
            return new ReleaseCommand(
                    or(command, List.of()), or(timeoutSeconds, ReleaseCommand.DEFAULT_TIMEOUT_SECONDS));
        }

        static @Nullable Command of(@Nullable ReleaseCommand command) {
            return command == null ? null : new Command(command.command(), command.timeoutSeconds());
        }
    }

    /// The present settings, without credentials, which are never given out.
    static AppSettings of(App app) {
        Source.Watched watched = app.source() instanceof Source.Watched w ? w : null;
        Map<String, @Nullable Process> types = new LinkedHashMap<>();
        app.processes().others().forEach((name, spec) -> types.put(name, Process.of(spec)));
        return new AppSettings(
                watched == null ? null : watched.url(),
                null,
                null,
                app.source().branch(),
                watched == null ? null : watched.pollSeconds(),
                Build.of(app.build()),
                Process.of(app.processes().web()),
                types,
                Command.of(app.processes().release()));
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
                processes());
    }

    private Processes processes() {
        SortedMap<String, ProcessSpec> others = new TreeMap<>();
        withoutNulls(types).forEach((name, type) -> others.put(name, type.toSpec()));
        return new Processes(
                process == null ? ProcessSpec.DEFAULT : process.toSpec(),
                others,
                releaseCommand == null ? null : releaseCommand.toCommand());
    }

    /// Without the credentials.
    @Override
    public String toString() {
        return "AppSettings[" + branch + "]";
    }

    private static <T> T or(@Nullable T given, T usual) {
        return Optional.ofNullable(given).orElse(usual);
    }

    private static <T> Map<String, T> withoutNulls(@Nullable Map<String, @Nullable T> given) {
        Map<String, T> kept = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, value) -> {
                if (value != null) {
                    kept.put(name, value);
                }
            });
        }
        return kept;
    }
}
