package dev.slipway.runtime.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was measured of all apps, each in a directory named by the app's id. Thread-safe.
final class MetricsStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsStore.class);

    private final Path root;
    private final Map<Long, AppMetrics> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    MetricsStore(Path root) {
        this.root = root;
    }

    /// Made when it isn't there.
    ///
    /// @throws UncheckedIOException also when the store is closed
    AppMetrics of(long appId) {
        if (closed) {
            throw new UncheckedIOException(new ClosedChannelException());
        }
        return open.computeIfAbsent(appId, id -> {
            try {
                return new AppMetrics(root.resolve(Long.toString(id)));
            } catch (IOException e) {
                throw new UncheckedIOException("can't open what was measured of app " + id, e);
            }
        });
    }

    List<Slot> read(long appId, Range range, long now) throws IOException {
        boolean known = open.containsKey(appId) || Files.isDirectory(root.resolve(Long.toString(appId)));
        return known ? of(appId).read(range, now) : List.of();
    }

    void keepOnly(Set<Long> appIds) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> directories = Files.list(root)) {
            for (Path directory : directories.toList()) {
                String name = directory.getFileName().toString();
                if (name.matches("[0-9]{1,18}") && !appIds.contains(Long.valueOf(name))) {
                    delete(Long.parseLong(name), directory);
                }
            }
        } catch (IOException e) {
            log.warn("can't delete what was measured of deleted apps", e);
        }
    }

    private void delete(long appId, Path directory) throws IOException {
        AppMetrics app = open.remove(appId);
        if (app != null) {
            app.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (AppMetrics app : open.values()) {
            try {
                app.close();
            } catch (IOException e) {
                log.debug("closing", e);
            }
        }
    }
}
