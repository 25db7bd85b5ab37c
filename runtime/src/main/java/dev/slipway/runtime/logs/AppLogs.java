package dev.slipway.runtime.logs;

import dev.slipway.runtime.records.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The logs of all apps, each in a directory named by the app's id. Thread-safe.
public final class AppLogs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AppLogs.class);
    /// Each holds a segment in memory.
    private static final int LOOKS_AT_ONCE = 4;

    private final Path root;
    private final LogSettings settings;
    private final Map<Long, AppLog> open = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final Semaphore looks = new Semaphore(LOOKS_AT_ONCE);

    private AppLogs(LogSettings settings, Path root) {
        this.root = root;
        this.settings = settings;
    }

    /// What instances write.
    public AppLogs(Path home, LogSettings settings) {
        this(settings, home.resolve("runtime").resolve("logs"));
    }

    /// The requests that apps had, a fifth of what their instances may write: a flood of visitors pushes out no line
    /// of an instance.
    public static AppLogs ofRequests(Path home, LogSettings settings) {
        return new AppLogs(settings.fifth(), home.resolve("runtime").resolve("access"));
    }

    LogSettings settings() {
        return settings;
    }

    /// Made when it isn't there.
    ///
    /// @throws UncheckedIOException also when the logs are closed
    AppLog of(long appId) {
        if (closed) {
            throw new UncheckedIOException(new ClosedChannelException());
        }
        return open.computeIfAbsent(appId, id -> {
            try {
                return AppLog.open(directory(id), settings.bytesOfApp());
            } catch (IOException e) {
                throw new UncheckedIOException("can't open the log of app " + id, e);
            }
        });
    }

    /// Empty when nothing was ever written.
    private Optional<AppLog> existing(long appId) {
        return open.containsKey(appId) || Files.isDirectory(directory(appId))
                ? Optional.of(of(appId))
                : Optional.empty();
    }

    private Path directory(long appId) {
        return root.resolve(Long.toString(appId));
    }

    /// Waits while too many look at logs.
    public LogPage read(long appId, LogQuery query) throws IOException, InterruptedException {
        Optional<AppLog> app = existing(appId);
        if (app.isEmpty()) {
            return new LogPage(List.of(), false);
        }
        looks.acquire();
        try {
            return app.get().read(query);
        } finally {
            looks.release();
        }
    }

    /// @param from null: nothing was read yet, so nothing is behind or lost
    public LogExtent extent(long appId, @Nullable Position from) {
        return existing(appId).map(app -> app.extent(from)).orElse(new LogExtent(Position.START, 0, 0));
    }

    /// Begins with what the query finds, goes on with what comes. [#leave] afterwards.
    public LiveReader follow(long appId, LogQuery query) throws IOException, InterruptedException {
        looks.acquire();
        try {
            return of(appId).follow(query);
        } finally {
            looks.release();
        }
    }

    public void leave(long appId, LiveReader reader) {
        Optional.ofNullable(open.get(appId)).ifPresent(app -> app.leave(reader));
    }

    /// Deletes the logs of all other apps.
    public void keepOnly(Set<Long> appIds) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> directories = Files.list(root)) {
            directories
                    .filter(d -> d.getFileName().toString().matches("[0-9]{1,18}"))
                    .map(d -> Long.valueOf(d.getFileName().toString()))
                    .filter(id -> !appIds.contains(id))
                    .forEach(this::delete);
        } catch (IOException | UncheckedIOException e) {
            log.warn("can't delete the logs of deleted apps", e);
        }
    }

    private void delete(long appId) {
        AppLog app = open.remove(appId);
        try (Stream<Path> files = Files.walk(directory(appId))) {
            if (app != null) {
                app.close();
            }
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            log.info("deleted the log of app {}, which is gone", appId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing is written any more when it returns.
    @Override
    public void close() {
        closed = true;
        for (AppLog app : open.values()) {
            try {
                app.close();
            } catch (IOException e) {
                log.debug("closing a log", e);
            }
        }
    }
}
