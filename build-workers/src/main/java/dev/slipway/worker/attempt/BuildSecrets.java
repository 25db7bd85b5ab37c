package dev.slipway.worker.attempt;

import dev.slipway.db.Json;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.builds.BuildReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The config variables that an app's settings name as secrets for its builds, each in a file that only this user can
/// read, in memory where the system has such a place. They go when the build is over; what a killed worker left goes
/// when its successor starts.
final class BuildSecrets implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BuildSecrets.class);
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final List<Path> made = new ArrayList<>();
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    private BuildSecrets() {}

    /// Of the app's present config. Asks nothing of the database when the app names no secrets.
    ///
    /// @throws AttemptEnded when a variable isn't set, or the config can't be read
    static BuildSecrets of(App app, Workplace place) throws AttemptEnded, IOException {
        BuildSecrets secrets = new BuildSecrets();
        List<String> names = app.build().secrets();
        if (names.isEmpty()) {
            return secrets;
        }
        Map<String, String> config = config(app, place);
        for (String name : names) {
            String value = config.get(name);
            if (value == null) {
                throw AttemptEnded.failed(
                        BuildReason.SECRET_MISSING,
                        "Builds are to get " + name + " as a secret, but the app has no variable of that name."
                                + " Set it under Config, or take the name out of the app's build settings.");
            }
            secrets.values.put(name, value);
        }
        try {
            secrets.write(place);
            return secrets;
        } catch (IOException e) {
            secrets.close();
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> config(App app, Workplace place) throws AttemptEnded {
        ConfigStore configs = new ConfigStore(place.database());
        int version = configs.present(app.id());
        try {
            return configs.find(app.id(), version)
                    .map(config -> place.key().decrypt(ConfigStore.purpose(app.id(), version), config.sealed()))
                    .map(json -> (Map<String, String>) Json.read(json, Map.class))
                    .orElseGet(Map::of);
        } catch (IllegalStateException unreadable) { // its message may hold what was read
            throw AttemptEnded.errored(
                    BuildReason.INTERNAL,
                    "The app's config (version " + version
                            + ") can't be decrypted with this installation's master key");
        }
    }

    private void write(Workplace place) throws IOException {
        Path directory = Files.createTempDirectory(parent(place), prefix(place), PRIVATE_DIRECTORY);
        made.add(directory);
        for (Map.Entry<String, String> secret : values.entrySet()) {
            Path file = Files.createFile(directory.resolve(secret.getKey()), PRIVATE);
            made.add(file);
            Files.writeString(file, secret.getValue());
            files.put(secret.getKey(), file);
        }
    }

    /// By name.
    Map<String, Path> files() {
        return files;
    }

    /// To be hidden in what the build writes.
    Map<String, String> values() {
        return values;
    }

    @Override
    public void close() {
        for (Path path : made.reversed()) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                log.warn("a build's secret stays behind until the worker restarts: {}", e.toString());
            }
        }
    }

    /// Removes what a worker of this name left behind that was killed.
    static void sweep(Workplace place) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent(place), prefix(place) + "*")) {
            for (Path directory : left) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(directory)) {
                    remove(directory);
                }
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    private static Path parent(Workplace place) {
        return Files.isDirectory(IN_MEMORY) && Files.isWritable(IN_MEMORY) ? IN_MEMORY : place.directory();
    }

    private static String prefix(Workplace place) {
        return "slipway-" + place.installation() + "-" + place.workerId() + "-";
    }
}
