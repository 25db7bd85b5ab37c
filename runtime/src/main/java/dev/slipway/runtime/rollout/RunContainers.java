package dev.slipway.runtime.rollout;

import dev.slipway.db.runs.Run;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Starts and ends the containers of runs.
final class RunContainers {
    private static final Logger log = LoggerFactory.getLogger(RunContainers.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int PULL_ATTEMPTS = 5;
    private static final int REFUSED_PAUSES = 10;
    private static final int MOST_LINES = 5000;
    private static final int MOST_BYTES = 64 << 10;

    private final Engine engine;
    private final Tables tables;

    RunContainers(Engine engine, Tables tables) {
        this.engine = engine;
        this.tables = tables;
    }

    /// How far a start came.
    record Started(RunPhase phase, @Nullable String container) {
        static Started as(Container container) {
            return new Started(Runs.phase(container), container.id());
        }

        static Started refused(String message) {
            return new Started(new RunPhase.Refused(message), null);
        }
    }

    /// Blocks until the engine has started it or refused to, or it isn't wanted any more: then it is empty. Waits
    /// for an engine, database or registry that is away. When an answer doesn't arrive, it is looked whether the
    /// container is there before the engine is asked again: what runs isn't replaced.
    Optional<Started> start(String name, InstanceSpec spec, Run run, BooleanSupplier wanted) {
        int refusals = 0;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Optional<Container> there = engine.list().stream()
                        .filter(c -> name.equals(c.label(Labels.RUN)))
                        .filter(c -> !(c.status() instanceof Container.Status.Created))
                        .findFirst();
                return there.or(() -> begin(name, spec, run, wanted)).map(Started::as);
            } catch (EngineException.Unavailable | EngineException.RegistryAway | DataAccessException e) {
                log.info("{} waits: {}", name, e.getMessage());
            } catch (EngineException.ImageUnavailable e) {
                if (++refusals >= PULL_ATTEMPTS) {
                    return Optional.of(Started.refused(String.valueOf(e.getMessage())));
                }
            } catch (EngineException.Refused e) {
                return Optional.of(Started.refused(String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                log.error("starting {}", name, e);
                return Optional.of(Started.refused("The platform failed to start it ("
                        + e.getClass().getSimpleName() + "); its own log has the details"));
            }
            pause();
        }
        return Optional.of(new Started(new RunPhase.Creating(), null));
    }

    private Optional<Container> begin(String name, InstanceSpec spec, Run run, BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            return Optional.empty();
        }
        String image = engine.ensureImage(spec.image());
        spec.storage().forEach(storage -> engine.ensureVolume(storage.volume()));
        ContainerSpec container = spec(name, spec, run, image);
        // a pull takes its time
        return wanted.getAsBoolean() ? Optional.of(engine.start(container)) : Optional.empty();
    }

    private ContainerSpec spec(String name, InstanceSpec spec, Run run, String image) {
        var limits = new ContainerSpec.Limits(
                spec.process().memoryMb(),
                spec.process().cpuMillis(),
                spec.process().pids());
        Map<String, String> labels = Map.of(
                Labels.APP, Long.toString(run.appId()),
                Labels.RUN, name,
                Labels.RELEASE, Long.toString(run.releaseId()));
        return new ContainerSpec(
                        name,
                        image,
                        spec.environment(tables.environment(spec.appId(), spec.configVersion())),
                        labels,
                        limits)
                .running(run.command(), null)
                .mounting(spec.mounts());
    }

    /// @throws EngineException.Unavailable when the engine can't be asked
    Optional<Container> inspect(String container) {
        return engine.inspect(container);
    }

    /// The end of what it wrote, without the values of variables.
    String output(@Nullable String container, InstanceSpec spec) {
        if (container == null) {
            return "";
        }
        Tail tail = new Tail(MOST_BYTES);
        try {
            engine.logs(container, MOST_LINES, tail);
        } catch (IOException | EngineException e) {
            byte[] trouble = ("\n(the rest of its output can't be read: " + e.getMessage() + ")\n")
                    .getBytes(StandardCharsets.UTF_8);
            tail.write(trouble, 0, trouble.length);
        }
        return tables.mask(spec).apply(tail.text());
    }

    /// Ends it, if it runs. Blocks; retries while the engine is away.
    void stop(String container) {
        persist("stop", container, () -> engine.stop(container, GRACE));
    }

    /// Stops it, if it runs, and removes it. Blocks; retries while the engine is away.
    void remove(String container) {
        persist("remove", container, () -> {
            engine.stop(container, GRACE);
            engine.remove(container);
        });
    }

    /// Removes one that was never started, unless it has been after all. Blocks; retries while the engine is away.
    void discard(String container) {
        persist("remove", container, () -> engine.discard(container));
    }

    private static void persist(String what, String container, Runnable work) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work.run();
                return;
            } catch (EngineException.Unavailable e) {
                pause();
            } catch (EngineException e) {
                log.warn("can't {} the container {} of a run yet: {}", what, container, e.getMessage());
                pauseLong();
            }
        }
    }

    private static void pauseLong() {
        for (int i = 0; i < REFUSED_PAUSES && !Thread.currentThread().isInterrupted(); i++) {
            pause();
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
