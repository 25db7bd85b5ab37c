package dev.slipway.runtime.metrics;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerWatcher;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.engine.Usage;
import dev.slipway.runtime.rollout.InstanceIds;
import dev.slipway.runtime.router.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures all apps every 10 s: what their instances use, how their requests went.
public final class Metrics implements ContainerWatcher, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    /// The pause between two containers or apps, so that measuring hundreds of them keeps no visitor waiting.
    private static final Duration BREATH = Duration.ofMillis(3);

    /// All such pauses of one kind together.
    private static final Duration MOST_BREATHS =
            Duration.ofSeconds(AppMetrics.STEP).dividedBy(3);

    private static final Duration ENDING = Duration.ofSeconds(2);

    private final MetricsStore store;
    private final Engine engine;
    private final Traffic traffic;
    private final Totals totals = new Totals();
    private final Map<Long, Integer> starts = new ConcurrentHashMap<>();
    /// CPU time at the last measurement, by container.
    private Map<String, Long> cpuNanos = Map.of();
    /// Containers that weren't measured yet: all they have used since their start is new.
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    /// Ids of apps by name, of which the router knows no more.
    private final Map<String, Long> names = new ConcurrentHashMap<>();
    /// By id, as last listed, with those started since.
    private volatile Map<String, Container> containers = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread thread;

    /// @param engine is asked for what can't be read from the kernel
    public Metrics(Path home, Engine engine, Traffic traffic) {
        this.store = new MetricsStore(home.resolve("runtime").resolve("metrics"));
        this.engine = engine;
        this.traffic = traffic;
    }

    /// Begins to measure.
    public void start() {
        thread = Thread.ofVirtual().name("metrics").start(this::run);
    }

    private void run() {
        try {
            long step = AppMetrics.STEP * 1_000L;
            while (!closing.await(step - System.currentTimeMillis() % step, TimeUnit.MILLISECONDS)) {
                measureOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measureOnce() throws InterruptedException {
        try {
            measure(Instant.now().getEpochSecond());
        } catch (RuntimeException e) {
            log.error("can't measure the apps", e);
        }
    }

    @Override
    public void started(Container container) {
        Long app = container.appId();
        // a command's start isn't a restart
        if (app != null && container.label(Labels.INSTANCE) != null) {
            starts.merge(app, 1, Integer::sum);
            begun.add(container.id());
            containers.put(container.id(), container);
        }
    }

    @Override
    public void listed(List<Container> now) {
        Map<String, Container> byId = new ConcurrentHashMap<>();
        now.forEach(container -> byId.put(container.id(), container));
        containers = byId;
    }

    /// Measures what happened in the 10 s before `now`, in seconds since 1970.
    void measure(long now) throws InterruptedException {
        Map<String, Traffic.Counts> answered = traffic.drain();
        Map<Long, List<Slot.Instance>> instances = usage();
        Map<Long, Traffic.Counts> requests = new HashMap<>();
        answered.forEach((name, counts) -> {
            Long id = names.get(name);
            if (id != null) {
                requests.put(id, counts);
            }
        });
        Set<Long> ids = new HashSet<>(instances.keySet());
        ids.addAll(requests.keySet());
        ids.addAll(starts.keySet());
        for (long id : ids) {
            Integer started = starts.remove(id);
            Slot slot = new Slot(
                    now - AppMetrics.STEP,
                    AppMetrics.STEP,
                    requests.getOrDefault(id, Traffic.Counts.NONE),
                    started == null ? 0 : started,
                    instances.getOrDefault(id, List.of()));
            totals.add(id, slot);
            store(id, slot);
            breathe(ids.size());
        }
    }

    private void breathe(int many) throws InterruptedException {
        boolean ignored =
                closing.await(Math.min(BREATH.toNanos(), MOST_BREATHS.toNanos() / many), TimeUnit.NANOSECONDS);
    }

    private void store(long id, Slot slot) {
        try {
            store.of(id).add(slot);
        } catch (IOException | UncheckedIOException e) {
            log.debug("can't keep what was measured of app {}", id, e);
        }
    }

    private Map<Long, List<Slot.Instance>> usage() throws InterruptedException {
        Map<Long, List<Slot.Instance>> byApp = new HashMap<>();
        Map<String, Long> before = cpuNanos;
        Map<String, Long> after = new HashMap<>();
        List<Totals.Running> running = new ArrayList<>();
        List<Container> known = List.copyOf(containers.values());
        for (Container container : known) {
            Long app = container.appId();
            String id = container.label(Labels.INSTANCE);
            if (app == null || id == null || !container.running()) {
                continue;
            }
            learnName(InstanceIds.app(id), app);
            usageOf(container).ifPresent(usage -> {
                // one that is older and yet wasn't measured last time has no known share in this slot
                long last = begun.remove(container.id()) ? 0 : before.getOrDefault(container.id(), usage.cpuNanos());
                after.put(container.id(), usage.cpuNanos());
                byApp.computeIfAbsent(app, key -> new ArrayList<>())
                        .add(new Slot.Instance(
                                id,
                                Math.max(0, usage.cpuNanos() - last) / 1_000_000,
                                usage.memoryBytes(),
                                usage.limitBytes()));
                running.add(new Totals.Running(app, id, usage));
            });
            breathe(known.size());
        }
        begun.retainAll(containers.keySet());
        totals.running(running);
        cpuNanos = after;
        return byApp;
    }

    /// While the last containers of a deleted app still drain, the newest one has the name.
    private void learnName(String name, long app) {
        Long before = names.get(name);
        if (before == null || before < app) {
            names.put(name, app);
            if (before != null) {
                traffic.forget(name);
            }
        }
    }

    private Optional<Usage> usageOf(Container container) {
        try {
            return engine.usage(container.id());
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    List<Slot> read(long appId, Range range) throws IOException {
        return store.read(appId, range, Instant.now().getEpochSecond());
    }

    /// In Prometheus's text format.
    String text() {
        Map<Long, String> byId = new HashMap<>();
        Map.copyOf(names).forEach((name, id) -> byId.put(id, name));
        Map<String, long[]> turnedAway = traffic.turnedAway();
        turnedAway.keySet().retainAll(byId.values());
        return totals.text(byId, turnedAway);
    }

    /// Forgets all other apps.
    public void keepOnly(Set<Long> appIds) {
        store.keepOnly(appIds);
        totals.keepOnly(appIds);
        Map.copyOf(names).forEach((name, id) -> {
            if (!appIds.contains(id) && names.remove(name, id)) {
                traffic.forget(name);
            }
        });
    }

    /// A measurement that is under way is finished without pauses: what it has counted is kept nowhere else.
    @Override
    public void close() {
        closing.countDown();
        Thread measuring = thread;
        try {
            if (measuring != null) {
                measuring.join(ENDING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
