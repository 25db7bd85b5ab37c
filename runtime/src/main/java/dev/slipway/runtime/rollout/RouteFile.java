package dev.slipway.runtime.rollout;

import dev.slipway.db.Json;
import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.router.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last known routes on disk, so that apps serve from the first moment after a restart, even without a
/// database.
final class RouteFile {
    private static final Logger log = LoggerFactory.getLogger(RouteFile.class);

    record Stored(List<StoredRoute> routes) {}

    record StoredRoute(String app, AppRoute.Status status, List<StoredTarget> instances) {}

    record StoredTarget(String id, String address, int port) {}

    private final Path file;

    RouteFile(Path home) {
        this.file = home.resolve("runtime").resolve("routes.json");
    }

    /// Fills the table. A missing file is an empty table; a damaged one too, with a word in the log.
    void load(Routes routes) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (StoredRoute route :
                    Json.read(Files.readString(file), Stored.class).routes()) {
                routes.put(new AppRoute(
                        route.app(),
                        route.status(),
                        route.instances().stream()
                                .map(t -> new Target(t.id(), t.address(), t.port()))
                                .toList()));
            }
        } catch (IOException | IllegalStateException e) {
            log.warn("can't read {}, so apps serve again only when the database was read", file, e);
        }
    }

    /// Replaces the file in one step; synced to disk when it returns.
    synchronized void save(Routes routes) {
        List<StoredRoute> stored = routes.all().stream()
                .sorted(Comparator.comparing(AppRoute::app))
                .map(r -> new StoredRoute(
                        r.app(),
                        r.status(),
                        r.targets().stream()
                                .map(t -> new StoredTarget(
                                        t.id(), t.address().host(), t.address().port()))
                                .toList()))
                .toList();
        Path draft = file.resolveSibling("routes.json.new");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel out = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer content =
                        ByteBuffer.wrap(Json.write(new Stored(stored)).getBytes(StandardCharsets.UTF_8));
                while (content.hasRemaining()) {
                    out.write(content);
                }
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            log.error("can't write {}: after a restart, old routes would be used until the database is read", file, e);
        }
    }
}
