package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import dev.slipway.platform.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// The bare repositories of apps, hosted ones and mirrors, in `SLIPWAY_HOME/git`. Close what you open.
final class Repositories {
    private static final Duration LEFTOVER_AGE = Duration.ofDays(1);
    /// JGit's names for packs and objects that aren't whole yet.
    private static final Pattern LEFTOVER = Pattern.compile("incoming_.*|noz.*");

    private final Home home;
    private final SourceLimits limits;

    Repositories(Home home, SourceLimits limits) {
        this.home = home;
        this.limits = limits;
        IsolatedGit.install();
    }

    boolean exists(App app) {
        return Files.exists(home.repository(app.id()));
    }

    /// Opens the app's repository, which is made at its first use. Its HEAD is the app's branch, so that a
    /// clone checks that one out.
    Repository open(App app) throws IOException {
        Path directory = home.repository(app.id());
        if (!Files.exists(directory)) {
            create(directory, app.source().branch());
        }
        Repository repository = new BoundedRepository(directory, limits);
        try {
            pointHeadAt(repository, app.source().branch());
            return repository;
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    /// Makes the repository beside its place and moves it there whole: of two that come at once one wins, and a
    /// crash leaves no half of one.
    private static void create(Path directory, String branch) throws IOException {
        Files.createDirectories(
                directory.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = directory.resolveSibling("." + directory.getFileName() + "." + UUID.randomUUID());
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(draft.toFile()).setBare().build()) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            // An acknowledged push survives a power cut; JGit syncs packs anyway.
            config.setBoolean("core", null, "fsyncObjectFiles", true);
            config.setBoolean("core", null, "fsyncRefFiles", true);
            config.setBoolean("core", null, "logAllRefUpdates", true);
            // Clones and clean-ups may take time, but not the memory of the whole platform.
            config.setInt("pack", null, "threads", 1);
            config.setString("pack", null, "windowMemory", "16m");
            config.setString("core", null, "bigFileThreshold", "8m");
            config.save();
            pointHeadAt(repository, branch);
        }
        try {
            Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(draft);
            if (!Files.exists(directory)) {
                throw e;
            }
        }
    }

    private static void pointHeadAt(Repository repository, String branch) throws IOException {
        String wanted = Constants.R_HEADS + branch;
        Ref head = repository.exactRef(Constants.HEAD);
        if (head == null || !head.isSymbolic() || !head.getTarget().getName().equals(wanted)) {
            repository.updateRef(Constants.HEAD).link(wanted);
        }
    }

    /// Removes what a push, a fetch or a first use left behind that was killed. What is younger than a day may
    /// still be in use.
    void sweep() throws IOException {
        Path all = home.directory().resolve("git");
        if (!Files.isDirectory(all)) {
            return;
        }
        FileTime young = FileTime.from(Instant.now().minus(LEFTOVER_AGE));
        try (Stream<Path> repositories = Files.list(all)) {
            for (Path repository : repositories.toList()) {
                if (repository.getFileName().toString().startsWith(".")) {
                    sweep(Stream.of(repository), young);
                } else if (Files.isDirectory(repository.resolve("objects"))) {
                    try (Stream<Path> objects = Files.list(repository.resolve("objects"))) {
                        sweep(
                                objects.filter(file -> LEFTOVER.matcher(
                                                file.getFileName().toString())
                                        .matches()),
                                young);
                    }
                }
            }
        }
    }

    private static void sweep(Stream<Path> leftovers, FileTime young) throws IOException {
        for (Path leftover : leftovers.toList()) {
            if (Files.getLastModifiedTime(leftover).compareTo(young) < 0) {
                delete(leftover);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
