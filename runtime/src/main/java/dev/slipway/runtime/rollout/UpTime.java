package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.probe.Diagnosis;
import dev.slipway.runtime.probe.LimitsHit;
import dev.slipway.runtime.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Watches one instance that doesn't listen, so that nothing can be asked of it: it is healthy when it has been
/// running for a while.
final class UpTime {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration BETWEEN_COMMANDS = Duration.ofSeconds(1);

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
                Thread.sleep(Instant.now().isBefore(upAt) ? PAUSE : BETWEEN_COMMANDS);
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
        } catch (EngineException notNow) {
            return false;
        }
        if (container.isEmpty() || !container.get().running()) {
            watch.ended(instance, spec, progress);
            return true;
        }
        return spec.process().check().command() == null ? healthy() : decidedByCommand(container.get());
    }

    private boolean healthy() {
        if (instance.move(p -> p instanceof Phase.Starting, new Phase.Healthy())) {
            progress.changed(instance);
        }
        return true;
    }

    private boolean decidedByCommand(Container container) {
        Optional<Probe.Answer> answer = watch.look(instance, spec);
        if (answer.orElse(null) instanceof Probe.Answer.Healthy) {
            return healthy();
        }
        Duration startTime = Duration.ofSeconds(
                spec.process().startSeconds() + spec.process().secondsUp());
        boolean over = Instant.now().isAfter(instance.runsSince().plus(startTime));
        if (over && answer.isPresent()) {
            instance.hit(LimitsHit.of(container.pid()));
            var symptoms = new Diagnosis.Symptoms(0, spec.checked(0), answer.get(), List.of(), instance.limitsHit());
            progress.failed(
                    instance,
                    Diagnosis.timedOut(symptoms, spec.process()).withLines(watch.lastLines(container.id(), spec)));
        }
        return over && answer.isPresent();
    }
}
