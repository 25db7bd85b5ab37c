package dev.slipway.runtime.rollout;

import dev.slipway.db.runs.Run;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The containers of one app's runs as they are. Thread-safe; every change rings the app's supervisor,
/// but for those that [#observe] finds: who calls it has all looked over then.
///
/// A run's container has a name of its own, so the engine itself refuses a second one; and what there is of a run
/// is found by its label after a restart. So it is never started twice at the same time.
final class Runs {
    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    /// What there is of a run. `container` is null before the engine has answered.
    record Seen(
            long id, String name, RunPhase phase, @Nullable String container) {
        Seen in(RunPhase next) {
            return new Seen(id, name, next, container);
        }
    }

    private final Surroundings world;
    private final Ringer ringer;
    private final Map<Long, Seen> runs = new ConcurrentHashMap<>();
    /// Whose containers were removed: an older look at the engine may still show them.
    private final Set<Long> buried = ConcurrentHashMap.newKeySet();

    /// @param ringer wakes the supervisor
    Runs(Surroundings world, Ringer ringer) {
        this.world = world;
        this.ringer = ringer;
    }

    List<Seen> all() {
        return List.copyOf(runs.values());
    }

    /// The id in a container's label, `shop-7.run-12`.
    private static Optional<Long> idIn(Container container) {
        String name = container.label(Labels.RUN);
        return name == null || !name.matches(".*-[0-9]{1,18}")
                ? Optional.empty()
                : Optional.of(Long.valueOf(name.substring(name.lastIndexOf('-') + 1)));
    }

    /// Everything of this app that the engine has now.
    void observe(List<Container> containers) {
        for (Container container : containers) {
            idIn(container)
                    .filter(id -> !container.unknown() && !buried.contains(id))
                    .ifPresent(id -> observe(id, container));
        }
        // looks come one after the other: what this one doesn't show the next won't
        buried.retainAll(containers.stream()
                .flatMap(container -> idIn(container).stream())
                .collect(Collectors.toSet()));
        Set<String> present = containers.stream().map(Container::id).collect(Collectors.toSet());
        for (Seen seen : runs.values()) {
            if (isAlive(seen.phase()) && !present.contains(seen.container())) {
                look(seen);
            }
        }
    }

    private void observe(long id, Container container) {
        runs.compute(id, (same, known) -> {
            if (known == null) {
                log.info("found {}: {}", container.label(Labels.RUN), container.status());
                return new Seen(id, String.valueOf(container.label(Labels.RUN)), phase(container), container.id());
            }
            // the list may be older than the start
            return isAlive(known.phase()) && phase(container) instanceof RunPhase.Ended
                    ? known.in(after(known, container))
                    : known;
        });
    }

    static RunPhase phase(Container container) {
        return switch (container.status()) {
            case Container.Status.Created() -> new RunPhase.NeverStarted();
            case Container.Status.Running(), Container.Status.Frozen() -> new RunPhase.Running(container.createdAt());
            case Container.Status.Exited(int code, boolean outOfMemory) -> new RunPhase.Ended(code, outOfMemory);
            case Container.Status.Unknown() ->
                throw new EngineException.Unavailable("Docker doesn't say how far it has come", null);
        };
    }

    /// The engine says that a container has ended; false when it isn't one of this app's runs.
    boolean died(String containerId) {
        Optional<Seen> known = runs.values().stream()
                .filter(seen -> containerId.equals(seen.container()))
                .findFirst();
        known.ifPresent(seen -> world.tasks().execute(() -> look(seen)));
        return known.isPresent();
    }

    /// At the container itself: a list may be older than the run.
    private void look(Seen seen) {
        try {
            Optional<Container> container = world.runContainers().inspect(String.valueOf(seen.container()));
            runs.computeIfPresent(
                    seen.id(),
                    (id, now) -> isAlive(now.phase())
                            ? container.map(c -> now.in(after(now, c))).orElse(null)
                            : now);
            ringer.ring();
        } catch (EngineException notNow) {
            log.debug("what became of {} is seen at the next look", seen.name());
        }
    }

    private static boolean isAlive(RunPhase phase) {
        return phase instanceof RunPhase.Running || phase instanceof RunPhase.Stopping;
    }

    private static RunPhase after(Seen before, Container container) {
        RunPhase now = phase(container);
        return switch (now) {
            case RunPhase.Running running -> before.phase();
            case RunPhase.Ended end
            when before.phase() instanceof RunPhase.Stopping(boolean late) && late -> new RunPhase.TimedOut();
            default -> now;
        };
    }

    /// @param wanted asked until it is started: whether it still should be
    void start(Run run, InstanceSpec spec, BooleanSupplier wanted) {
        String name = run.name(spec.app(), spec.release());
        runs.put(run.id(), new Seen(run.id(), name, new RunPhase.Creating(), null));
        world.tasks().execute(() -> {
            Optional<RunContainers.Started> started = world.runContainers().start(name, spec, run, wanted);
            started.ifPresentOrElse(s -> begun(new Seen(run.id(), name, s.phase(), s.container())), () -> {
                runs.remove(run.id());
                ringer.ring();
            });
        });
    }

    private void begun(Seen seen) {
        runs.put(seen.id(), seen);
        ringer.ring();
        if (seen.phase() instanceof RunPhase.Running) {
            look(seen); // it may have ended before its end could be told
        }
    }

    /// Asks it to end; what it says then can be read until [#remove].
    ///
    /// @param late because its time is over
    void stop(long id, boolean late) {
        Seen seen = runs.get(id);
        String container = seen == null ? null : seen.container();
        if (seen == null || container == null || !(seen.phase() instanceof RunPhase.Running)) {
            return;
        }
        runs.put(id, seen.in(new RunPhase.Stopping(late)));
        world.tasks().execute(() -> {
            world.runContainers().stop(container);
            look(seen);
        });
    }

    /// Stops the container, if it runs, and removes it. One that was never started may have been meanwhile: then it
    /// stays, and the next look finds it running.
    void remove(long id) {
        Seen seen = runs.get(id);
        if (seen == null || seen.phase() instanceof RunPhase.Removing) {
            return;
        }
        runs.put(id, seen.in(new RunPhase.Removing()));
        world.tasks().execute(() -> {
            if (seen.container() != null && seen.phase() instanceof RunPhase.NeverStarted) {
                world.runContainers().discard(seen.container());
            } else if (seen.container() != null) {
                world.runContainers().remove(seen.container());
                buried.add(id);
            }
            runs.remove(id);
            ringer.ring();
        });
    }

    @Nullable
    Seen get(long id) {
        return runs.get(id);
    }
}
