package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.HealthCheck;
import dev.slipway.runtime.probe.Probe;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after all instances that have been healthy: one loop decides whose turn it is, and each look has a
/// virtual thread for as long as it takes. What follows from an answer is decided by [Pulse] and [Crowd].
final class HealthRounds {
    private static final Logger log = LoggerFactory.getLogger(HealthRounds.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /// A loop that comes so much too late says that this machine, or this process, is short of time.
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 16;
    private static final String SPARED =
            "It fails its health check, but so do most apps of this machine: nothing is done about it";

    private final Supplier<Collection<Fleet>> fleets;
    private final Surroundings world;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private volatile boolean crowdSuffers;

    HealthRounds(Supplier<Collection<Fleet>> fleets, Surroundings world) {
        this.fleets = fleets;
        this.world = world;
    }

    /// Blocks until the thread is interrupted.
    void run() {
        try {
            boolean late = false;
            while (true) {
                Instant begin = Instant.now();
                spread(late ? List.of() : dueOrNone(begin));
                late = Duration.between(begin, Instant.now()).minus(TICK).compareTo(LATE) >= 0;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes a tick. Visitors would feel it if many apps were asked at the same moment.
    private void spread(List<Runnable> looks) throws InterruptedException {
        for (Runnable look : looks) {
            world.tasks().execute(look);
            Thread.sleep(TICK.dividedBy(looks.size()));
        }
        if (looks.isEmpty()) {
            Thread.sleep(TICK);
        }
    }

    private List<Runnable> dueOrNone(Instant now) {
        try {
            return due(now);
        } catch (RuntimeException e) {
            log.error("can't tell whose health check is due", e);
            return List.of();
        }
    }

    /// The looks whose turn it is.
    private List<Runnable> due(Instant now) {
        List<Runnable> looks = new ArrayList<>();
        List<Crowd.Member> members = new ArrayList<>();
        for (Fleet fleet : fleets.get()) {
            for (Map.Entry<Supervised, InstanceSpec> patient : fleet.patients().entrySet()) {
                Supervised instance = patient.getKey();
                if (instance.phase() instanceof Phase.Healthy) {
                    members.add(
                            new Crowd.Member(instance.appId, instance.pulse().failures() > 0));
                }
                HealthCheck check = patient.getValue().process().check();
                boolean askable = instance.target() != null || check.command() != null;
                if (askable && instance.lookDue(now, Duration.ofSeconds(check.interval()))) {
                    looks.add(() -> look(fleet, instance, patient.getValue(), now));
                }
            }
        }
        boolean suffers = Crowd.suffers(members);
        if (suffers && !crowdSuffers) {
            log.warn("most instances began to fail their health checks at once, so the machine is to blame: nothing is"
                    + " done about them");
        } else if (!suffers && crowdSuffers) {
            log.info("most instances pass their health checks again");
        }
        crowdSuffers = suffers;
        return looks;
    }

    private void look(Fleet fleet, Supervised instance, InstanceSpec spec, Instant due) {
        HealthCheck check = spec.process().check();
        Duration interval = Duration.ofSeconds(check.interval());
        Instant turn = Instant.now();
        if (Duration.between(due, turn).minus(TICK).compareTo(LATE) >= 0
                || !instance.phase().canServe()) {
            instance.looked(turn, interval);
            return;
        }
        try {
            places.acquire();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            Target target = instance.target();
            boolean answersVisitors = target != null && target.answeredWithin(interval);
            Instant begin = Instant.now();
            Optional<Probe.Answer> answer = answersVisitors && onlyConnects(spec)
                    ? Optional.of(new Probe.Answer.Healthy())
                    : world.watch().look(instance, spec);
            Duration late = Duration.between(begin, Instant.now()).minusSeconds(2L * check.timeout());
            if (answer.isPresent() && late.compareTo(LATE) < 0) {
                conclude(fleet, instance, check, instance.pulse().after(answer.get(), begin), answersVisitors);
            }
        } finally {
            places.release();
            instance.looked(Instant.now(), interval);
        }
    }

    /// An answer to a visitor says more than a connection.
    private static boolean onlyConnects(InstanceSpec spec) {
        return spec.process().healthPath() == null && spec.process().check().command() == null;
    }

    private void conclude(Fleet fleet, Supervised instance, HealthCheck check, Pulse pulse, boolean answersVisitors) {
        instance.pulse(pulse);
        Pulse.Standing standing = pulse.standing(check.threshold(), answersVisitors);
        boolean spared = crowdSuffers && standing != Pulse.Standing.WELL;
        if (instance.spared(spared ? SPARED : null)) {
            fleet.changed(instance);
        }
        if (!spared) {
            fleet.stands(instance, standing, pulse);
        }
    }
}
