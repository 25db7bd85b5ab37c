package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.probe.Diagnosis;
import dev.slipway.runtime.router.Routes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Starts one instance and stays with it until it is healthy, has failed, or isn't wanted any more.
final class Starter {
    private static final Logger log = LoggerFactory.getLogger(Starter.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int REFUSED_PAUSES = 10;
    private static final int PULL_ATTEMPTS = 5;

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
        InstanceSpec spec = launch.spec();
        int refusals = 0;
        while (instance.phase() instanceof Phase.Creating
                && !Thread.currentThread().isInterrupted()) {
            try {
                Container container = engine.start(containerSpec(instance, launch, engine.ensureImage(spec.image())));
                if (!instance.started(container)) {
                    engine.remove(container.id());
                    return;
                }
                progress.changed(instance);
                watch.untilHealthy(instance, spec, progress);
                return;
            } catch (EngineException.Unavailable e) {
                wait(instance, "Waiting for Docker: " + e.getMessage(), progress);
            } catch (DataAccessException e) {
                wait(instance, "Waiting for the database, which has its variables", progress);
            } catch (EngineException.RegistryAway e) {
                wait(instance, "Waiting for its image: " + e.getMessage(), progress);
            } catch (EngineException.ImageUnavailable e) {
                if (launch.build().isPresent()) {
                    // the release will be in the registry
                    instance.move(p -> p instanceof Phase.Creating, new Phase.Lost());
                    progress.changed(instance);
                } else if (++refusals >= PULL_ATTEMPTS) {
                    progress.failed(instance, new Diagnosis(ReleaseReason.IMAGE_UNAVAILABLE, e.getMessage() + "."));
                } else {
                    wait(instance, "Trying again: " + e.getMessage(), progress);
                }
            } catch (EngineException.Refused e) {
                progress.failed(
                        instance,
                        new Diagnosis(ReleaseReason.EXITED, "It couldn't be started. " + e.getMessage() + "."));
            } catch (RuntimeException e) {
                log.error("starting instance {}", instance.id, e);
                progress.failed(
                        instance,
                        new Diagnosis(
                                ReleaseReason.INTERNAL,
                                "The platform failed to start it ("
                                        + e.getClass().getSimpleName() + "); its own log has the details."));
            }
        }
    }

    private static void wait(Supervised instance, String note, Progress progress) {
        instance.note(note);
        progress.changed(instance);
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
                .running(spec.process().command(), spec.process().stopSignal());
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
        launch.release().ifPresent(id -> labels.put(Labels.RELEASE, Long.toString(id)));
        launch.build().ifPresent(id -> labels.put(Labels.BUILD, Long.toString(id)));
        return labels;
    }

    /// Sees an instance through to its end: drains it, stops it, removes its container. Blocks; retries while
    /// the engine is away.
    void retire(Supervised instance) {
        var target = instance.target();
        if (target != null) {
            try {
                routes.drain(target).get(instance.drain.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                log.info(
                        "instance {} still had {} requests in flight after {} s",
                        instance.id,
                        target.inFlight(),
                        instance.drain.toSeconds());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        remove(instance, instance.drain);
    }

    /// Stops the container, if it runs, and removes it.
    void remove(Supervised instance, Duration grace) {
        Optional<String> container = Optional.ofNullable(instance.containerId());
        while (container.isPresent() && !Thread.currentThread().isInterrupted()) {
            try {
                engine.stop(container.get(), grace);
                engine.remove(container.get());
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

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
