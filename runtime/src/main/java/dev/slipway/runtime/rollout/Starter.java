package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts one instance and stays with it until it is healthy, has failed, or isn't wanted any more.
final class Starter {
    private static final Logger log = LoggerFactory.getLogger(Starter.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int REFUSED_PAUSES = 10;

    private final Engine engine;
    private final Tables tables;
    private final Watch watch;
    private final Routes routes;

    Starter(Engine engine, Tables tables, Watch watch, Routes routes) {
        this.engine = engine;
        this.tables = tables;
        this.watch = watch;
        this.routes = routes;
    }

    /// Blocks. The changes are told to `progress`, after the instance was changed.
    void start(Supervised instance, Action.Launch launch, Progress progress) {
        Attempts attempts = new Attempts(instance, launch, progress);
        if (attempts.until(p -> !(p instanceof Phase.Creating), () -> make(instance, launch))) {
            progress.changed(instance);
            watch.untilHealthy(instance, launch.spec(), progress);
        }
    }

    /// Sees to it that it could start at once, while somebody else still has its volumes. Blocks.
    void makeReady(Supervised instance, Action.Launch launch, Progress progress) {
        InstanceSpec spec = launch.spec();
        Attempts attempts = new Attempts(instance, launch, progress);
        boolean ready = attempts.until(p -> !(p instanceof Phase.Waiting), () -> {
            engine.ensureImage(spec.image());
            tables.environment(spec.appId(), spec.configVersion());
            instance.note("It waits until nobody else writes " + spec.written());
            return instance.move(p -> p instanceof Phase.Waiting, new Phase.Waiting(true));
        });
        if (ready) {
            progress.changed(instance);
        }
    }

    /// False when it isn't wanted any more: then its container is gone again. As long as its container is being made,
    /// nobody can say that there is none.
    private boolean make(Supervised instance, Action.Launch launch) {
        instance.making.lock();
        try {
            if (!(instance.phase() instanceof Phase.Creating)) {
                return false;
            }
            String image = engine.ensureImage(launch.spec().image());
            launch.spec().storage().forEach(this::ensure);
            Container container = engine.start(containerSpec(instance, launch, image));
            boolean started = instance.started(container);
            if (!started) {
                engine.remove(container.id());
            }
            return started;
        } finally {
            instance.making.unlock();
        }
    }

    private void ensure(Storage storage) {
        engine.ensureVolume(storage.volume());
        if (!storage.volume().made()) {
            tables.volumes().made(storage);
        }
    }

    private ContainerSpec containerSpec(Supervised instance, Action.Launch launch, String image) {
        InstanceSpec spec = launch.spec();
        Map<String, String> environment = spec.environment(tables.environment(spec.appId(), spec.configVersion()));
        var limits = new ContainerSpec.Limits(
                spec.process().memoryMb(),
                spec.process().cpuMillis(),
                spec.process().pids());
        return new ContainerSpec(instance.id, image, environment, labels(instance, launch), limits)
                .running(spec.process().command(), spec.process().stopSignal())
                .mounting(spec.mounts());
    }

    private static Map<String, String> labels(Supervised instance, Action.Launch launch) {
        Map<String, String> labels = new HashMap<>();
        labels.put(Labels.APP, Long.toString(instance.appId));
        labels.put(Labels.INSTANCE, instance.id);
        labels.put(Labels.SPEC, instance.fingerprint);
        labels.put(Labels.PROCESS, instance.type);
        if (launch.spec().web()) {
            labels.put(Labels.PORT, Integer.toString(instance.port()));
        }
        labels.put(Labels.DRAIN_SECONDS, Long.toString(instance.drain.toSeconds()));
        if (!instance.writes.isEmpty()) {
            labels.put(Labels.WRITES, String.join(",", instance.writes));
        }
        launch.release().ifPresent(id -> labels.put(Labels.RELEASE, Long.toString(id)));
        launch.build().ifPresent(id -> labels.put(Labels.BUILD, Long.toString(id)));
        return labels;
    }

    /// Sees an instance through to its end: drains it, stops it, removes its container. Blocks; retries while
    /// the engine is away.
    void retire(Supervised instance) {
        List<Target> targets = instance.targets();
        try {
            CompletableFuture.allOf(targets.stream().map(routes::drain).toArray(CompletableFuture[]::new))
                    .get(instance.drain.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.info(
                    "instance {} still had {} requests in flight after {} s",
                    instance.id,
                    targets.stream().mapToInt(Target::inFlight).sum(),
                    instance.drain.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        remove(instance, instance.drain);
    }

    /// Stops the container, if it runs, and removes it.
    void remove(Supervised instance, Duration grace) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Optional<String> container = containerOf(instance);
                if (container.isPresent()) {
                    engine.stop(container.get(), grace);
                    engine.remove(container.get());
                }
                return;
            } catch (EngineException.Unavailable e) {
                pause();
            } catch (EngineException e) {
                log.warn("can't remove instance {} yet: {}", instance.id, e.getMessage());
                for (int i = 0; i < REFUSED_PAUSES && !Thread.currentThread().isInterrupted(); i++) {
                    pause();
                }
            }
        }
    }

    /// Also one that is only being made just now. Of one that writes a volume nothing may be left, not even what was
    /// made by a request whose answer never arrived.
    private Optional<String> containerOf(Supervised instance) {
        instance.making.lock();
        try {
            Optional<String> known = Optional.ofNullable(instance.containerId());
            return known.isPresent() || instance.writes.isEmpty()
                    ? known
                    : engine.list().stream()
                            .filter(container -> instance.id.equals(container.label(Labels.INSTANCE)))
                            .map(Container::id)
                            .findFirst();
        } finally {
            instance.making.unlock();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
