package dev.slipway.db.releases;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a commit's `slipway.yml` says about its processes. It goes before the app's settings, field by field;
/// what it leaves open is up to them.
///
/// @param processes by the names of their types; web is one of them
public record ProcessFile(
        SortedMap<String, Type> processes, @Nullable Command release) {
    public static final String NAME = "slipway.yml";

    /// As [ProcessSpec]; null: not said.
    ///
    /// @param instances how many there are when the type is new to the app
    public record Type(
            @Nullable List<String> command,
            @Nullable Integer instances,
            @Nullable Integer port,
            @Nullable String healthPath,
            @Nullable Integer memoryMb,
            @Nullable Integer cpuMillis,
            @Nullable Integer pids,
            @Nullable Integer startSeconds,
            @Nullable Integer upSeconds,
            @Nullable Integer drainSeconds,
            @Nullable String stopSignal,
            @Nullable HealthCheck health) {
        private static final int MOST_INSTANCES = 100;

        /// @throws IllegalArgumentException with a message for the user
        public Type {
            if (instances != null && (instances < 0 || instances > MOST_INSTANCES)) {
                throw new IllegalArgumentException(
                        "The number of instances must be between 0 and " + MOST_INSTANCES + ".");
            }
        }

        /// @throws IllegalArgumentException with a message for the user
        public ProcessSpec over(ProcessSpec settings) {
            return new ProcessSpec(
                    port == null ? settings.port() : port,
                    healthPath == null ? settings.healthPath() : healthPath,
                    memoryMb == null ? settings.memoryMb() : memoryMb,
                    cpuMillis == null ? settings.cpuMillis() : cpuMillis,
                    pids == null ? settings.pids() : pids,
                    startSeconds == null ? settings.startSeconds() : startSeconds,
                    drainSeconds == null ? settings.drainSeconds() : drainSeconds,
                    command == null ? settings.command() : command,
                    stopSignal == null ? settings.stopSignal() : stopSignal,
                    upSeconds == null ? settings.upSeconds() : upSeconds,
                    HealthCheck.over(health, settings.health()));
        }
    }

    /// As [ReleaseCommand]; null: not said.
    public record Command(List<String> command, @Nullable Integer timeoutSeconds) {
        /// @throws IllegalArgumentException with a message for the user
        public ReleaseCommand over(@Nullable ReleaseCommand settings) {
            int usual = settings == null ? ReleaseCommand.DEFAULT_TIMEOUT_SECONDS : settings.timeoutSeconds();
            return new ReleaseCommand(command, timeoutSeconds == null ? usual : timeoutSeconds);
        }
    }

    public ProcessFile {
        processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    }

    /// How a release of the commit runs: what the file says, else the settings, else the defaults.
    public Processes over(Processes settings) {
        SortedMap<String, ProcessSpec> others = new TreeMap<>(settings.others());
        processes.forEach((name, type) -> {
            if (!name.equals(Processes.WEB)) {
                others.put(name, type.over(settings.others().getOrDefault(name, ProcessSpec.DEFAULT)));
            }
        });
        Type web = processes.get(Processes.WEB);
        return new Processes(
                web == null ? settings.web() : web.over(settings.web()),
                others,
                release == null ? settings.release() : release.over(settings.release()));
    }

    /// How many instances of a type there are when it is new to the app.
    public int instances(String name) {
        Type type = processes.get(name);
        Integer said = type == null ? null : type.instances();
        return said == null ? 1 : said;
    }
}
