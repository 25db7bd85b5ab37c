package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.HealthCheck;
import dev.slipway.runtime.engine.CommandEnd;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.probe.Death;
import dev.slipway.runtime.probe.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/// Sees to it that instances get healthy, and finds out why when one doesn't.
final class Watch {
    private static final int LAST_LINES = 12;
    private static final int LONGEST_LINE = 300;

    private final Engine engine;
    private final Tables tables;
    private final String domain;

    Watch(Engine engine, Tables tables, String domain) {
        this.engine = engine;
        this.tables = tables;
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

    /// What requests for an instance's health say in `Host`.
    String host(InstanceSpec spec) {
        String host = spec.process().check().host();
        return host == null ? spec.app() + "." + domain : host;
    }

    /// Where an instance that listens is asked for its health.
    Probe probe(Supervised instance, InstanceSpec spec) {
        HealthCheck check = spec.process().check();
        return new Probe(
                Objects.requireNonNull(instance.target()).address().host(),
                instance.port(),
                spec.process().healthPath(),
                host(spec),
                Duration.ofSeconds(Math.min(check.timeout(), spec.process().startSeconds())));
    }

    /// Asks an instance for its health, in all the ways that are asked for. Empty when that can't be done now.
    Optional<Probe.Answer> look(Supervised instance, InstanceSpec spec) {
        Probe.Answer answer = instance.target() == null
                ? new Probe.Answer.Healthy()
                : probe(instance, spec).look();
        List<String> command = spec.process().check().command();
        String container = instance.containerId();
        if (command == null || container == null || !(answer instanceof Probe.Answer.Healthy)) {
            return Optional.of(answer);
        }
        int limit = spec.process().check().timeout();
        try {
            return Optional.of(
                    switch (engine.run(container, command, Duration.ofSeconds(limit))) {
                        case CommandEnd.Exited(int code, String output) when code == 0 -> answer;
                        case CommandEnd.Exited(int code, String output) ->
                            new Probe.Answer.Unhealthy("exit code " + code + lastLine(masked(output, spec)));
                        case CommandEnd.TimedOut() -> new Probe.Answer.Unhealthy("nothing within " + limit + " s");
                    });
        } catch (EngineException notNow) {
            return Optional.empty();
        }
    }

    private static String lastLine(String output) {
        return output.lines()
                .map(Watch::printable)
                .filter(line -> !line.isBlank())
                .reduce((before, last) -> last)
                .map(line -> " (" + line.strip() + ")")
                .orElse("");
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
                progress.failed(instance, death.diagnosis().withLines(lastLines(id, spec)));
            }
        } catch (EngineException.Unavailable away) {
            // the next look at the engine finds it again
        }
    }

    /// The end of what an instance wrote, without the values of its variables.
    List<String> lastLines(String containerId, InstanceSpec spec) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            engine.logs(containerId, LAST_LINES, out);
        } catch (IOException | EngineException e) {
            return List.of("(its output can't be read: " + e.getMessage() + ")");
        }
        return masked(out.toString(StandardCharsets.UTF_8), spec)
                .lines()
                .map(Watch::printable)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String masked(String output, InstanceSpec spec) {
        try {
            return tables.mask(spec).apply(output);
        } catch (DataAccessException away) {
            return ""; // without its variables nobody knows what is secret
        }
    }

    /// Without colours and control characters, at a length that a message bears.
    static String printable(String line) {
        String plain = line.replaceAll("\u001B\\[[0-9;?]*[ -/]*[@-~]", "")
                .replaceAll("\\p{Cntrl}", " ")
                .stripTrailing();
        return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "…";
    }
}
