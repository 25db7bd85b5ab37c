package dev.slipway.runtime.logs;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerWatcher;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.Labels;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who follows which container's output: from its start, or from when it is found; and what ended is removed only
/// when its last words were read.
public final class Followers implements ContainerWatcher, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Followers.class);

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final Engine engine;
    private final AppLogs logs;
    private final Map<String, Follower> byContainer = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("output-", 0).factory());

    /// @param engine tells the output
    public Followers(Engine engine, AppLogs logs) {
        this.engine = engine;
        this.logs = logs;
    }

    @Override
    public void started(Container container) {
        follow(container, true);
    }

    /// Follows those that aren't followed yet, whether they run or have ended, and forgets those that are gone. One
    /// that runs though its follower has given up is followed anew.
    @Override
    public void listed(List<Container> containers) {
        Set<String> present = containers.stream().map(Container::id).collect(Collectors.toSet());
        boolean vanished =
                byContainer.entrySet().removeIf(e -> e.getValue().isFinished() && !present.contains(e.getKey()));
        containers.forEach(container -> follow(container, false));
        if (vanished) {
            appIds(containers).forEach(id -> logs.of(id).keepSources(byContainer.keySet()));
        }
    }

    private static Set<Long> appIds(Collection<Container> containers) {
        return containers.stream()
                .map(Container::appId)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void follow(Container container, boolean isNew) {
        Long app = container.appId();
        // what a run writes is kept elsewhere, without secrets
        String instance = container.label(Labels.INSTANCE);
        if (app == null || instance == null || container.status() instanceof Container.Status.Created) {
            return;
        }
        byContainer.compute(container.id(), (id, known) -> {
            if (known != null && !(known.isFinished() && container.running())) {
                return known;
            }
            try {
                Follower follower = new Follower(engine, container, instance, logs.of(app), logs.settings(), isNew);
                threads.execute(follower::run);
                return follower;
            } catch (UncheckedIOException e) {
                log.warn("the output of instance {} can't be kept", instance, e);
                return null;
            }
        });
    }

    /// Returns when all that it wrote is read, or after a while.
    @Override
    public void leaving(String containerId) {
        Follower follower = byContainer.get(containerId);
        if (follower != null) {
            try {
                follower.awaitEnd(LAST_WORDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Returns when they have ended, or after a moment.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
