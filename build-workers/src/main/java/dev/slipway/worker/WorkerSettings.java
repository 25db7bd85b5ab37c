package dev.slipway.worker;

import dev.slipway.db.DatabaseSettings;
import dev.slipway.worker.process.StepLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a worker is told by its environment (`SLIPWAY_*`, `DOCKER_*`).
///
/// @param buildCacheBytes how large the engine's build cache may get; 0: the engine decides
record WorkerSettings(
        Path home,
        String workerId,
        String installation,
        int platformPort,
        Path docker,
        String engine,
        Map<String, String> engineEnvironment,
        DatabaseSettings database,
        StepLimits stepLimits,
        long buildCacheBytes) {
    private static final long GB = 1_000_000_000;
    private static final List<String> ENGINE_VARIABLES =
            List.of("DOCKER_HOST", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY");
    private static final List<Path> DOCKERS = List.of(Path.of("/usr/bin/docker"), Path.of("/usr/local/bin/docker"));

    /// @throws IllegalStateException naming what is missing and what to do
    static WorkerSettings from(Map<String, String> environment) {
        String engine = environment.getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
        Map<String, String> forDocker = new LinkedHashMap<>();
        ENGINE_VARIABLES.stream()
                .filter(environment::containsKey)
                .forEach(name -> forDocker.put(name, environment.get(name)));
        Path home = Path.of(environment.getOrDefault("SLIPWAY_HOME", System.getProperty("user.home") + "/.slipway"))
                .toAbsolutePath();
        return new WorkerSettings(
                home,
                workerId(environment.getOrDefault("SLIPWAY_WORKER_ID", "w1")),
                required(environment, "SLIPWAY_INSTALLATION"),
                port(environment.getOrDefault("SLIPWAY_PLATFORM_PORT", "8081")),
                docker(environment.getOrDefault("SLIPWAY_DOCKER", "")),
                engine,
                Map.copyOf(forDocker),
                DatabaseSettings.fromEnvironment(environment).of(home),
                StepLimits.from(environment),
                gigabytes(environment.getOrDefault("SLIPWAY_BUILD_CACHE_GB", "20")));
    }

    private static long gigabytes(String number) {
        if (!number.matches("\\d{1,6}")) {
            throw new IllegalStateException("SLIPWAY_BUILD_CACHE_GB isn't a number of gigabytes: " + number);
        }
        return Long.parseLong(number) * GB;
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " isn't set: start the worker with ./slipway up");
        }
        return value;
    }

    /// It becomes part of file names.
    private static String workerId(String id) {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalStateException(
                    "SLIPWAY_WORKER_ID must be a short name of letters, digits, '.', '_' and '-': " + id);
        }
        return id;
    }

    private static int port(String number) {
        if (!number.matches("\\d{1,5}")) {
            throw new IllegalStateException("SLIPWAY_PLATFORM_PORT isn't a port: " + number);
        }
        return Integer.parseInt(number);
    }

    private static Path docker(String path) {
        if (!path.isBlank()) {
            return Path.of(path);
        }
        return DOCKERS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "There is no docker command in /usr/bin or /usr/local/bin. Install it, or set SLIPWAY_DOCKER to the one to use."));
    }
}
