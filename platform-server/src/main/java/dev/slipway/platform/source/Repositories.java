package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import dev.slipway.platform.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/// The bare repositories of apps, hosted ones and mirrors, in `SLIPWAY_HOME/git`. Close what you open.
final class Repositories {
    private final Home home;

    Repositories(Home home) {
        this.home = home;
        IsolatedGit.install();
    }

    boolean exists(App app) {
        return Files.exists(home.repository(app.id()));
    }

    /// Opens the app's repository, which is made at its first use. Its HEAD is the app's branch, so that a clone checks that one out.
    Repository open(App app) throws IOException {
        Path directory = home.repository(app.id());
        if (!Files.exists(directory)) {
            create(directory, app.source().branch());
        }
        Repository repository = RepositoryCache.open(FileKey.exact(directory.toFile(), FS.DETECTED), true);
        try {
            pointHeadAt(repository, app.source().branch());
            return repository;
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    /// Makes the repository beside its place and moves it there whole: of two that come at once one wins, and a crash leaves no half of one.
    private static void create(Path directory, String branch) throws IOException {
        Files.createDirectories(directory.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = directory.resolveSibling("." + directory.getFileName() + "." + UUID.randomUUID());
        try (Repository repository = new FileRepositoryBuilder().setGitDir(draft.toFile()).setBare().build()) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            // An acknowledged push survives a power cut; JGit syncs packs anyway.
            config.setBoolean("core", null, "fsyncObjectFiles", true);
            config.setBoolean("core", null, "fsyncRefFiles", true);
            config.setBoolean("core", null, "logAllRefUpdates", true);
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

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
