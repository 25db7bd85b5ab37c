package dev.slipway.db.releases;

import org.jspecify.annotations.Nullable;

/// How an instance of a release runs. Part of the release, so a rollback brings it back.
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
public record ProcessSpec(
        @Nullable Integer port,
        @Nullable String healthPath,
        int memoryMb,
        int cpuMillis,
        int pids,
        int startSeconds,
        int drainSeconds) {

    public static final ProcessSpec DEFAULT = new ProcessSpec(null, null, 512, 1000, 512, 60, 30);

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
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
