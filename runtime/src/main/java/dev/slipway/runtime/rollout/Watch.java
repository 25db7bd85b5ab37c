package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.HealthCheck;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.probe.Death;
import dev.slipway.runtime.probe.Probe;
import dev.slipway.runtime.router.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Sees to it that instances get healthy, and finds out why when one doesn't.
final class Watch {
    private static final int LAST_LINES = 12;
    private static final int LONGEST_LINE = 300;

    private final Engine engine;
    private final String domain;

    Watch(Engine engine, String domain) {
        this.engine = engine;
        this.domain = domain;
    }

    /// Blocks until the instance is healthy, has failed or isn't wanted any more. It must be in phase
    /// `Starting`.
    void untilHealthy(Supervised instance, InstanceSpec spec, Progress progress) {
        if (!spec.web()) {
            new UpTime(this, instance, spec, progress).keep();
        } else if (instance.target() == null) {
            ended(instance, spec, progress);
        } else {
            new Vigil(this, instance, spec, progress).keep();
        }
    }

    Engine engine() {
        return engine;
    }

    /// How the instance's health is asked for at its target.
    Probe probe(Supervised instance, InstanceSpec spec, Target target) {
        HealthCheck check = spec.process().check();
        return new Probe(
                target.address().host(),
                instance.port(),
                spec.process().healthPath(),
                check.host() == null ? spec.app() + "." + domain : check.host(),
                Duration.ofSeconds(Math.min(check.timeout(), spec.process().startSeconds())));
    }

    /// The instance's container has ended, or is gone: finds out why. Does nothing when the engine can't be
    /// asked.
    void ended(Supervised instance, InstanceSpec spec, Progress progress) {
        String id = instance.containerId();
        if (id == null) {
            return;
        }
        try {
            Optional<Container> container = engine.inspect(id);
            if (container.isEmpty()) {
                instance.move(Phase::usable, new Phase.Lost());
                progress.changed(instance);
            } else if (container.get().status() instanceof Container.Status.Exited(int code, boolean outOfMemory)) {
                String what = spec.web() ? "a web app" : "a process of this type";
                Death death = new Death(code, outOfMemory, instance.limitsHit(), spec.process(), what);
                progress.failed(instance, death.diagnosis().withLines(lastLines(id)));
            }
        } catch (EngineException.Unavailable away) {
            // the next look at the engine finds it again
        }
    }

    List<String> lastLines(String containerId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            engine.logs(containerId, LAST_LINES, out);
        } catch (IOException | EngineException e) {
            return List.of("(its output can't be read: " + e.getMessage() + ")");
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Watch::printable)
                .filter(line -> !line.isBlank())
                .toList();
    }

    /// Without colours and control characters, at a length that a message bears.
    static String printable(String line) {
        String plain = line.replaceAll("\u001B\\[[0-9;?]*[ -/]*[@-~]", "")
                .replaceAll("\\p{Cntrl}", " ")
                .stripTrailing();
        return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "…";
    }
}
