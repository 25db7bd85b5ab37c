package dev.slipway.db.releases;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an instance of one process type runs. Part of the release, so a rollback brings it back. Port, health
/// check and start time are web's; what doesn't listen is healthy when it has been up for a while.
///
/// @param port what the app listens on; null: the image's lowest exposed TCP port, without one 8080; and
///     when it listens on one other port only, that
/// @param healthPath an HTTP path that answers 2xx or 3xx when the app is ready; null: a TCP connection is
///     enough
/// @param memoryMb memory limit in MiB, without swap
/// @param cpuMillis thousandths of a CPU
/// @param pids most processes and threads
/// @param startSeconds how long an instance may take to get healthy
/// @param drainSeconds how long requests in flight may take after the switch, and after SIGTERM until SIGKILL
/// @param command arguments for the image's entry point, in place of the image's CMD; null: the image's own
/// @param stopSignal what asks it to end, in place of SIGTERM; null: what the image says
/// @param upSeconds how long an instance that doesn't listen must have been running to be healthy; null: 5
/// @param health how it is asked for its health, beside the path; null: as usual
public record ProcessSpec(
        @Nullable Integer port,
        @Nullable String healthPath,
        int memoryMb,
        int cpuMillis,
        int pids,
        int startSeconds,
        int drainSeconds,
        @Nullable List<String> command,
        @Nullable String stopSignal,
        @Nullable Integer upSeconds,
        @Nullable HealthCheck health) {

    public static final ProcessSpec DEFAULT = new ProcessSpec(null, null, 512, 1000, 512, 60, 30);
    public static final int DEFAULT_UP_SECONDS = 5;
    /// Signals that ask for an end; SIGKILL and SIGSTOP leave no time for it.
    public static final Set<String> STOP_SIGNALS =
            Set.of("SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGWINCH");

    private static final int MOST_WORDS = 200;
    private static final int MOST_CHARS = 8192;

    /// @throws IllegalArgumentException with a message for the user
    public ProcessSpec {
        require(port == null || port >= 1 && port <= 65_535, "The port must be between 1 and 65535.");
        require(
                healthPath == null
                        || healthPath.startsWith("/")
                                && healthPath.length() <= 500
                                && healthPath.chars().allMatch(c -> c > ' ' && c < 127),
                "The health check path must begin with / and have at most 500 printable ASCII characters.");
        require(memoryMb >= 16 && memoryMb <= 1_048_576, "Memory must be between 16 MiB and 1 TiB.");
        require(cpuMillis >= 50 && cpuMillis <= 256_000, "CPU must be between 0.05 and 256 CPUs.");
        require(pids >= 8 && pids <= 65_536, "The process limit must be between 8 and 65536.");
        require(startSeconds >= 1 && startSeconds <= 3600, "The start time must be between 1 s and 1 h.");
        require(drainSeconds >= 0 && drainSeconds <= 3600, "The drain time must be between 0 s and 1 h.");
        command = command == null ? null : checked(command);
        require(
                stopSignal == null || STOP_SIGNALS.contains(stopSignal),
                "The stop signal must be one of SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2 and SIGWINCH.");
        require(
                upSeconds == null || upSeconds >= 0 && upSeconds <= 3600,
                "The time to be up must be between 0 s and 1 h.");
    }

    /// With the image's own command and stop signal, and the usual health check.
    public ProcessSpec(
            @Nullable Integer port,
            @Nullable String healthPath,
            int memoryMb,
            int cpuMillis,
            int pids,
            int startSeconds,
            int drainSeconds) {
        this(port, healthPath, memoryMb, cpuMillis, pids, startSeconds, drainSeconds, null, null, null, null);
    }

    /// How long an instance that doesn't listen must have been running to be healthy.
    public int secondsUp() {
        return upSeconds == null ? DEFAULT_UP_SECONDS : upSeconds;
    }

    /// A command that can be run, unchangeable.
    ///
    /// @throws IllegalArgumentException with a message for the user
    public static List<String> checked(List<String> command) {
        require(command.stream().noneMatch(Objects::isNull), "The words of a command must be text.");
        require(
                !command.isEmpty() && !command.getFirst().isEmpty(),
                "A command needs at least a program; without a command the image's own is run.");
        require(
                command.size() <= MOST_WORDS
                        && command.stream().mapToInt(String::length).sum() <= MOST_CHARS,
                "A command can have at most " + MOST_WORDS + " words and " + MOST_CHARS + " characters.");
        require(
                command.stream().noneMatch(word -> word.indexOf('\0') >= 0),
                "A command can't have a NUL character in it.");
        return List.copyOf(command);
    }

    /// How its health is asked for, beside the path.
    public HealthCheck check() {
        return health == null ? HealthCheck.DEFAULT : health;
    }

    static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
