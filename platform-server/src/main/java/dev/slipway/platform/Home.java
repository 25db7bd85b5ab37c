package dev.slipway.platform;

import java.nio.file.Path;
import java.util.Map;

/// The directory with all data of one installation (`SLIPWAY_HOME`).
public record Home(Path directory) {

    public static Home fromEnvironment(Map<String, String> environment) {
        String configured = environment.get("SLIPWAY_HOME");
        return new Home(
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".slipway")
                        : Path.of(configured));
    }

    /// The bare repository of an app, hosted or a mirror.
    public Path repository(long appId) {
        return directory.resolve("git").resolve(appId + ".git");
    }

    public Path registry() {
        return directory.resolve("registry");
    }
}
