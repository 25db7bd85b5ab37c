package dev.slipway.runtime;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.addresses.Reachable;
import dev.slipway.runtime.drains.Drains;
import dev.slipway.runtime.engine.DockerSettings;
import dev.slipway.runtime.logs.LogSettings;
import dev.slipway.runtime.rollout.RolloutSettings;
import dev.slipway.runtime.router.FrontDoorSettings;
import dev.slipway.runtime.router.HoldSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/// The runtime tier's settings, from the environment.
///
/// @param ownPort of the runtime's own interface, on loopback
/// @param rollout how releases are rolled out and gone back to
/// @param hold how requests wait for apps
/// @param drainsTo where log drains may lead
/// @param door file descriptors of listening sockets that are open already, separated by commas; "" for none
record RuntimeSettings(
        Path home,
        DatabaseSettings database,
        FrontDoorSettings frontDoor,
        String installation,
        String dockerHost,
        int ownPort,
        RolloutSettings rollout,
        HoldSettings hold,
        String door,
        LogSettings logs,
        Reachable drainsTo) {
    private static final int MOST_LOG_MB = 102_400;

    /// @throws IllegalStateException with a sentence saying what is missing or wrong
    static RuntimeSettings fromEnvironment(Map<String, String> environment) {
        String home = environment.getOrDefault("SLIPWAY_HOME", System.getProperty("user.home") + "/.slipway");
        String installation = environment.getOrDefault("SLIPWAY_INSTALLATION", "");
        if (!installation.matches("[a-z0-9]{1,32}")) {
            throw new IllegalStateException(
                    "SLIPWAY_INSTALLATION must be the id of this home, up to 32 of a-z and 0-9, not \"" + installation
                            + "\"");
        }
        int https = environment.getOrDefault("SLIPWAY_HTTPS_PORT", "0").equals("0")
                ? 0
                : port(environment, "SLIPWAY_HTTPS_PORT", 0);
        FrontDoorSettings frontDoor = new FrontDoorSettings(
                new FrontDoorSettings.Listen(
                        environment.getOrDefault("SLIPWAY_HTTP_BIND", "0.0.0.0"),
                        port(environment, "SLIPWAY_HTTP_PORT", 8080),
                        https,
                        https > 0
                                && environment
                                        .getOrDefault("SLIPWAY_SCHEME", "http")
                                        .equals("https")),
                environment.getOrDefault("SLIPWAY_DOMAIN", "localhost").toLowerCase(Locale.ROOT),
                port(environment, "SLIPWAY_PLATFORM_PORT", 8081),
                FrontDoorSettings.Limits.DEFAULT,
                TrustedProxies.of(environment.getOrDefault("SLIPWAY_TRUSTED_PROXIES", "")));
        return new RuntimeSettings(
                Path.of(home),
                DatabaseSettings.fromEnvironment(environment).of(Path.of(home)),
                frontDoor,
                installation,
                environment.getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock"),
                port(environment, "SLIPWAY_RUNTIME_PORT", 8083),
                rollout(Path.of(home), frontDoor.domain(), environment),
                hold(environment),
                door(environment.getOrDefault("SLIPWAY_DOOR", "")),
                logs(environment.getOrDefault("SLIPWAY_APP_LOG_MB", "50")),
                new Reachable(
                        "SLIPWAY_ALLOW_PRIVATE_DRAINS", environment.getOrDefault("SLIPWAY_ALLOW_PRIVATE_DRAINS", "")));
    }

    /// Where this run meets the ones before and after it.
    Path meetingPlace() {
        return home.resolve("run");
    }

    Drains.Settings drains() {
        return new Drains.Settings(
                home, frontDoor.domain(), drainsTo, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    DockerSettings docker(String registryPassword) {
        return new DockerSettings(
                dockerHost, installation, "127.0.0.1:" + frontDoor.platformPort(), "slipway-runtime", registryPassword);
    }

    private static RolloutSettings rollout(Path home, String domain, Map<String, String> environment) {
        long quarter = machineMegabytes() / 4;
        return new RolloutSettings(
                home,
                domain,
                Duration.ofMinutes(number(environment, "SLIPWAY_STANDBY_MINUTES", 10)),
                number(environment, "SLIPWAY_STANDBY_MEMORY_MB", quarter) << 20,
                (int) number(environment, "SLIPWAY_MOST_COMMANDS", 10));
    }

    private static HoldSettings hold(Map<String, String> environment) {
        HoldSettings usual = HoldSettings.DEFAULT;
        return new HoldSettings(
                Duration.ofSeconds(number(
                        environment, "SLIPWAY_HOLD_SECONDS", usual.longest().toSeconds())),
                (int) number(environment, "SLIPWAY_HOLD_PER_APP", usual.perApp()),
                (int) number(environment, "SLIPWAY_HOLD_IN_ALL", usual.inAll()));
    }

    private static long machineMegabytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() >> 20
                : 0;
    }

    private static long number(Map<String, String> environment, String name, long otherwise) {
        String value = environment.getOrDefault(name, Long.toString(otherwise));
        if (!value.matches("[0-9]{1,7}")) {
            throw new IllegalStateException(name + " must be a number from 0 to 9999999, not \"" + value + "\"");
        }
        return Long.parseLong(value);
    }

    private static String door(String value) {
        if (!value.matches("([0-9]{1,4}(,[0-9]{1,4})*)?")) {
            throw new IllegalStateException("SLIPWAY_DOOR must be file descriptors, not \"" + value + "\"");
        }
        return value;
    }

    private static LogSettings logs(String megabytes) {
        if (!megabytes.matches("[0-9]{1,6}")
                || Integer.parseInt(megabytes) < 1
                || Integer.parseInt(megabytes) > MOST_LOG_MB) {
            throw new IllegalStateException(
                    "SLIPWAY_APP_LOG_MB must be a number from 1 to " + MOST_LOG_MB + ", not \"" + megabytes + "\"");
        }
        return LogSettings.of(Integer.parseInt(megabytes));
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        String value = environment.getOrDefault(name, Integer.toString(otherwise));
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new IllegalStateException(name + " must be a port, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }
}
