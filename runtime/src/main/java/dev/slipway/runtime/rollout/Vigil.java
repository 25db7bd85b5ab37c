package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.probe.Diagnosis;
import dev.slipway.runtime.probe.LimitsHit;
import dev.slipway.runtime.probe.ListeningSockets;
import dev.slipway.runtime.probe.PortSearch;
import dev.slipway.runtime.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Probes one instance of web from its start until it is healthy, has failed or isn't wanted any more.
final class Vigil {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final double GROWTH = 1.15;
    private static final Duration BETWEEN_COMMANDS = Duration.ofSeconds(1);
    /// How often the container itself is looked at while it doesn't answer.
    private static final Duration INSPECTION = Duration.ofMillis(500);
    /// An app may listen on loopback for a moment before it listens for all.
    private static final Duration HOPELESS_AFTER = Duration.ofSeconds(3);
    /// An instance found after a restart of ours gets at least so long.
    private static final Duration SECOND_CHANCE = Duration.ofSeconds(10);

    private final Watch watch;
    private final Supervised instance;
    private final InstanceSpec spec;
    private final Progress progress;
    private final Optional<PortSearch> search;
    private final Duration startTime;
    private final Instant begin = Instant.now();

    Vigil(Watch watch, Supervised instance, InstanceSpec spec, Progress progress) {
        this.watch = watch;
        this.instance = instance;
        this.spec = spec;
        this.progress = progress;
        this.search = spec.portPatience().map(patience -> new PortSearch(instance.port(), patience));
        this.startTime = Duration.ofSeconds(spec.process().startSeconds());
    }

    /// Blocks.
    void keep() {
        Instant deadline = later(instance.runsSince().plus(startTime), begin.plus(shorter(SECOND_CHANCE, startTime)));
        Duration pause = FIRST_PAUSE;
        Instant inspected = begin;
        while (instance.phase() instanceof Phase.Starting
                && !Thread.currentThread().isInterrupted()) {
            Optional<Probe.Answer> answer = watch.look(instance, spec);
            if (answer.orElse(null) instanceof Probe.Answer.Healthy) {
                if (instance.move(p -> p instanceof Phase.Starting, new Phase.Healthy())) {
                    progress.changed(instance);
                }
                return;
            }
            Instant now = Instant.now();
            boolean over = now.isAfter(deadline);
            if (answer.isPresent() && (over || Duration.between(inspected, now).compareTo(INSPECTION) >= 0)) {
                inspected = now;
                if (decided(answer.get(), over)) {
                    return;
                }
            }
            pause = sleep(ranCommand(answer) ? BETWEEN_COMMANDS : pause);
        }
    }

    /// A command costs much more than a connection.
    private boolean ranCommand(Optional<Probe.Answer> answer) {
        return spec.process().check().command() != null
                && (answer.isEmpty() || answer.get() instanceof Probe.Answer.Unhealthy);
    }

    /// Looks at the container; true when the instance has failed.
    private boolean decided(Probe.Answer answer, boolean over) {
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
        instance.hit(LimitsHit.of(container.get().pid()));
        var symptoms = new Diagnosis.Symptoms(
                instance.port(),
                spec.checked(instance.port()),
                answer,
                ListeningSockets.of(container.get().pid()),
                instance.limitsHit());
        if (!over && answer instanceof Probe.Answer.Refused && foundElsewhere(symptoms)) {
            return false;
        }
        Instant now = Instant.now();
        boolean patient = Duration.between(begin, now).compareTo(HOPELESS_AFTER) < 0;
        Optional<Diagnosis> diagnosis = over
                ? Optional.of(Diagnosis.timedOut(symptoms, spec.process()))
                : patient ? Optional.empty() : Diagnosis.hopeless(symptoms);
        diagnosis.ifPresent(d -> progress.failed(
                instance, d.withLines(watch.lastLines(container.get().id(), spec))));
        return diagnosis.isPresent();
    }

    /// From now on it is probed there.
    private boolean foundElsewhere(Diagnosis.Symptoms symptoms) {
        if (search.isEmpty()) {
            return false;
        }
        var found = search.get().look(symptoms.listeners(), Instant.now());
        if (found.isEmpty() || found.getAsInt() == instance.port()) {
            return false;
        }
        Probe there = watch.probe(instance, spec).at(found.getAsInt());
        if (!there.findsHttp()) {
            return false; // a debugger's, say
        }
        instance.listensOn(found.getAsInt());
        progress.changed(instance);
        return true;
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
