package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.probe.Diagnosis;
import dev.slipway.runtime.probe.ListeningSockets;
import dev.slipway.runtime.probe.Probe;
import dev.slipway.runtime.router.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Probes an instance until it is healthy, and finds out why when it isn't.
final class Watch {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final double GROWTH = 1.15;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /// How often the container itself is looked at while it doesn't answer.
    private static final Duration INSPECTION = Duration.ofMillis(500);
    /// An app may listen on loopback for a moment before it listens for all.
    private static final Duration HOPELESS_AFTER = Duration.ofSeconds(3);
    /// An instance found after a restart of ours gets at least so long.
    private static final Duration SECOND_CHANCE = Duration.ofSeconds(10);
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
        Target target = instance.target();
        if (target == null) {
            ended(instance, spec.process().memoryMb(), progress);
            return;
        }
        Instant begin = Instant.now();
        int startSeconds = spec.process().startSeconds();
        Instant deadline = later(
                instance.createdAt.plusSeconds(startSeconds),
                begin.plus(shorter(SECOND_CHANCE, Duration.ofSeconds(startSeconds))));
        Duration answerTime = shorter(ANSWER, Duration.ofSeconds(startSeconds));
        Probe probe = new Probe(
                target.address().host(),
                instance.port,
                spec.process().healthPath(),
                spec.app() + "." + domain,
                answerTime);
        Duration pause = FIRST_PAUSE;
        Instant inspected = begin;
        while (instance.phase() instanceof Phase.Starting
                && !Thread.currentThread().isInterrupted()) {
            Probe.Answer answer = probe.look();
            if (answer instanceof Probe.Answer.Healthy) {
                if (instance.move(p -> p instanceof Phase.Starting, new Phase.Healthy())) {
                    progress.changed(instance);
                }
                return;
            }
            Instant now = Instant.now();
            boolean over = now.isAfter(deadline);
            if (over || Duration.between(inspected, now).compareTo(INSPECTION) >= 0) {
                inspected = now;
                boolean patient = Duration.between(begin, now).compareTo(HOPELESS_AFTER) < 0;
                if (decided(instance, spec, answer, over, patient, progress)) {
                    return;
                }
            }
            pause = sleep(pause);
        }
    }

    /// Looks at the container; true when the instance has failed.
    private boolean decided(
            Supervised instance,
            InstanceSpec spec,
            Probe.Answer answer,
            boolean over,
            boolean patient,
            Progress progress) {
        Optional<Container> container;
        try {
            container = engine.inspect(String.valueOf(instance.containerId()));
        } catch (EngineException.Unavailable away) {
            return false;
        }
        if (container.isEmpty() || !container.get().running()) {
            ended(instance, spec.process().memoryMb(), progress);
            return true;
        }
        var symptoms = new Diagnosis.Symptoms(
                instance.port,
                spec.process().healthPath(),
                answer,
                ListeningSockets.of(container.get().pid()));
        Optional<Diagnosis> diagnosis = over
                ? Optional.of(Diagnosis.timedOut(symptoms, spec.process().startSeconds()))
                : patient ? Optional.empty() : Diagnosis.hopeless(symptoms);
        diagnosis.ifPresent(d -> progress.failed(instance, d));
        return diagnosis.isPresent();
    }

    /// The instance's container has ended, or is gone: finds out why. Does nothing when the engine can't be
    /// asked.
    void ended(Supervised instance, int memoryMb, Progress progress) {
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
                progress.failed(instance, Diagnosis.ended(code, outOfMemory, memoryMb, lastLines(id)));
            }
        } catch (EngineException.Unavailable away) {
            // the next look at the engine finds it again
        }
    }

    private List<String> lastLines(String containerId) {
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

    private static Duration sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return shorter(LONGEST_PAUSE, Duration.ofNanos((long) (pause.toNanos() * GROWTH)));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
