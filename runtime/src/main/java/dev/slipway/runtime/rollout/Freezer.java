package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Usage;
import dev.slipway.runtime.probe.Probe;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Freezes instances on standby, once they have no visitors any more, and wakes them. All of them together use no
/// more than a certain memory: those that were frozen first give theirs up.
final class Freezer {
    private static final Logger log = LoggerFactory.getLogger(Freezer.class);
    /// One that slept has started already: if it doesn't answer soon, a new one is quicker.
    private static final Duration AWAKENING = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Engine engine;
    private final Routes routes;
    private final Watch watch;
    private final long mostBytes;
    /// What the frozen ones use, those that were frozen first in front. Guarded by this.
    private final Map<Supervised, Frozen> frozen = new LinkedHashMap<>();

    private record Frozen(long bytes, Runnable giveUp) {}

    Freezer(Engine engine, Routes routes, Watch watch, long mostBytes) {
        this.engine = engine;
        this.routes = routes;
        this.watch = watch;
        this.mostBytes = mostBytes;
    }

    /// Waits for its requests in flight, at most its drain time, and freezes it unless it is woken or given up
    /// meanwhile: then its target is another one. Requests of a run before this one are waited for as long as that
    /// lives. Blocks.
    ///
    /// @param giveUp ends an instance if it is on standby; called when others need the memory, too
    void freeze(Supervised instance, Runnable giveUp) {
        Target target = instance.target();
        try {
            for (Target visited : instance.targets()) {
                visited.drain().get(instance.drain.toMillis(), TimeUnit.MILLISECONDS);
                routes.drain(visited).get();
            }
        } catch (TimeoutException e) {
            if (instance.target() == target) {
                giveUp.run(); // a frozen instance would leave its visitors without an answer for ever
            }
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
        try {
            synchronized (instance.ice) {
                if (!(instance.phase() instanceof Phase.Standby) || instance.target() != target) {
                    return;
                }
                engine.freeze(String.valueOf(instance.containerId()));
                instance.frozen = true;
            }
            account(instance, giveUp);
        } catch (EngineException e) {
            if (!Thread.currentThread().isInterrupted()) { // else the next run sees to it
                log.info("instance {} isn't kept on standby: {}", instance.id, e.getMessage());
                giveUp.run();
            }
        }
    }

    /// Counts in what a frozen instance uses.
    void account(Supervised instance, Runnable giveUp) {
        long bytes = memory(instance);
        List<Runnable> tooMuch = new ArrayList<>();
        synchronized (this) {
            frozen.put(instance, new Frozen(bytes, giveUp));
            frozen.keySet().removeIf(other -> !(other.phase() instanceof Phase.Standby));
            long sum = frozen.values().stream().mapToLong(Frozen::bytes).sum();
            for (Frozen oldest : frozen.values()) {
                if (sum > mostBytes) {
                    sum -= oldest.bytes();
                    tooMuch.add(oldest.giveUp());
                }
            }
        }
        tooMuch.forEach(Runnable::run);
    }

    private long memory(Supervised instance) {
        try {
            return engine.usage(String.valueOf(instance.containerId()))
                    .map(Usage::memoryBytes)
                    .orElse(0L);
        } catch (EngineException e) {
            log.debug("the memory of instance {} isn't known", instance.id, e);
            return 0;
        }
    }

    /// Wakes it and finds out whether it answers. It must be in phase `Starting`; if it doesn't get healthy, it is
    /// lost, and a new one takes its place. Blocks.
    void wake(Supervised instance, InstanceSpec spec, Progress progress) {
        try {
            synchronized (instance.ice) {
                if (instance.frozen) {
                    engine.thaw(String.valueOf(instance.containerId()));
                    instance.frozen = false;
                }
            }
            Target target = instance.target();
            if (target != null && answers(target, spec)) {
                instance.move(p -> p instanceof Phase.Starting, new Phase.Healthy());
            }
        } catch (EngineException e) {
            log.info("instance {} can't be woken: {}", instance.id, e.getMessage());
        }
        if (instance.move(p -> p instanceof Phase.Starting, new Phase.Lost())) {
            log.info("instance {} doesn't answer after its standby; another one is started", instance.id);
        }
        progress.changed(instance);
    }

    private boolean answers(Target target, InstanceSpec spec) {
        Probe probe = new Probe(
                target.address().host(),
                target.address().port(),
                spec.process().healthPath(),
                watch.host(spec),
                AWAKENING);
        long end = System.nanoTime() + AWAKENING.toNanos();
        boolean healthy = probe.look() instanceof Probe.Answer.Healthy;
        while (!healthy && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
            healthy = probe.look() instanceof Probe.Answer.Healthy;
        }
        return healthy;
    }
}
