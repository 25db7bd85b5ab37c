package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Watches one instance that doesn't listen, so that nothing can be asked of it: it is healthy when it has been
/// running for a while.
final class UpTime {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Watch watch;
    private final Supervised instance;
    private final InstanceSpec spec;
    private final Progress progress;

    UpTime(Watch watch, Supervised instance, InstanceSpec spec, Progress progress) {
        this.watch = watch;
        this.instance = instance;
        this.spec = spec;
        this.progress = progress;
    }

    /// Blocks until the instance is healthy, has failed or isn't wanted any more.
    void keep() {
        Instant upAt = instance.runsSince().plusSeconds(spec.process().secondsUp());
        try {
            // a death in between is told by the engine
            while (instance.phase() instanceof Phase.Starting && (Instant.now().isBefore(upAt) || !decided())) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// False while the engine can't be asked.
    private boolean decided() {
        Optional<Container> container;
        try {
            container = watch.engine().inspect(String.valueOf(instance.containerId()));
        } catch (EngineException.Unavailable away) {
            return false;
        }
        if (container.isEmpty() || !container.get().running()) {
            watch.ended(instance, spec, progress);
        } else if (instance.move(p -> p instanceof Phase.Starting, new Phase.Healthy())) {
            progress.changed(instance);
        }
        return true;
    }
}
