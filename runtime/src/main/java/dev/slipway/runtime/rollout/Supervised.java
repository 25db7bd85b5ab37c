package dev.slipway.runtime.rollout;

import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.probe.LimitsHit;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One instance in the hands of its app's supervisor. Thread-safe; its phase only moves by [#move].
final class Supervised {
    private static final int DEFAULT_DRAIN_SECONDS = 30;

    final String id;
    final long appId;
    /// Its process type.
    final String type;
    final String fingerprint;
    final Instant createdAt;
    final Duration drain;
    /// Names of the volumes that it can write.
    final Set<String> writes;
    /// Held while its container is being made.
    final ReentrantLock making = new ReentrantLock();

    /// Held while it is frozen or woken.
    final Object ice = new Object();
    /// Guarded by [#ice].
    boolean frozen;

    private Phase phase = new Phase.Creating();
    private int port;
    private @Nullable Long releaseId;
    private @Nullable Long buildId;
    private @Nullable String containerId;
    private @Nullable Target target;
    /// The one before it was woken: visitors from then may still be there.
    private @Nullable Target former;
    private @Nullable String note;
    /// Since when its container runs.
    private Instant runsSince;
    private @Nullable Instant healthyAt;
    private Instance.@Nullable Restart restart;
    private boolean serving;
    /// It has been frozen, and goes on from there.
    private boolean woken;
    /// Why it failed, also while it is being removed.
    private Phase.@Nullable Failed failure;
    private @Nullable Instant endedAt;

    private LimitsHit limitsHit = LimitsHit.NONE;
    private Pulse pulse = Pulse.GOOD;
    /// When its health is looked at again; null: not decided yet.
    private @Nullable Instant lookAt;

    /// A look is under way.
    private boolean looking;

    private @Nullable String spared;

    private Supervised(
            String id,
            long appId,
            String type,
            String fingerprint,
            Instant createdAt,
            Duration drain,
            Set<String> writes) {
        this.id = id;
        this.appId = appId;
        this.type = type;
        this.fingerprint = fingerprint;
        this.createdAt = createdAt;
        this.runsSince = createdAt;
        this.drain = drain;
        this.writes = Set.copyOf(writes);
    }

    /// One that is about to be started.
    static Supervised creating(String id, Action.Launch launch) {
        InstanceSpec spec = launch.spec();
        Supervised instance = new Supervised(
                id,
                spec.appId(),
                spec.type(),
                spec.fingerprint(),
                Instant.now(),
                Duration.ofSeconds(spec.process().drainSeconds()),
                spec.writes());
        instance.phase = instance.writes.isEmpty() ? new Phase.Creating() : new Phase.Waiting(false);
        instance.port = spec.web() ? spec.port() : 0;
        instance.releaseId = launch.release().isPresent() ? launch.release().getAsLong() : null;
        instance.buildId = launch.build().isPresent() ? launch.build().getAsLong() : null;
        return instance;
    }

    /// One whose container is there already.
    ///
    /// @param routed its target in the route table, when it is in it
    static Supervised found(Container container, @Nullable Target routed) {
        // the label has what was assumed when it started; the route knows better
        int port = routed != null ? routed.address().port() : (int) number(container, Labels.PORT, 0);
        Phase phase = !container.running()
                ? new Phase.Lost()
                : container.frozen() ? new Phase.Standby() : routed != null ? new Phase.Healthy() : new Phase.Found();
        Supervised instance = new Supervised(
                Objects.requireNonNull(container.label(Labels.INSTANCE)),
                number(container, Labels.APP, 0),
                Objects.requireNonNullElse(container.label(Labels.PROCESS), Processes.WEB),
                Objects.requireNonNullElse(container.label(Labels.SPEC), ""),
                container.createdAt(),
                Duration.ofSeconds(number(container, Labels.DRAIN_SECONDS, DEFAULT_DRAIN_SECONDS)),
                names(container.label(Labels.WRITES)));
        instance.phase = phase;
        instance.port = port;
        instance.releaseId =
                container.label(Labels.RELEASE) == null ? null : Long.valueOf(number(container, Labels.RELEASE, 0));
        instance.buildId =
                container.label(Labels.BUILD) == null ? null : Long.valueOf(number(container, Labels.BUILD, 0));
        instance.containerId = container.id();
        instance.frozen = container.frozen();
        instance.serving = routed != null;
        if (phase instanceof Phase.Healthy) {
            instance.healthyAt = Instant.now();
        }
        instance.target = routed != null ? routed : instance.at(container.address());
        return instance;
    }

    /// Where requests can be sent; null when none can.
    private @Nullable Target at(@Nullable String address) {
        return address == null || !type.equals(Processes.WEB) ? null : new Target(id, address, port);
    }

    private static Set<String> names(@Nullable String label) {
        return label == null || label.isEmpty() ? Set.of() : Set.of(label.split(","));
    }

    private static long number(Container container, String label, long otherwise) {
        String value = container.label(label);
        return value == null || !value.matches("[0-9]{1,18}") ? otherwise : Long.parseLong(value);
    }

    synchronized Phase phase() {
        return phase;
    }

    /// Moves to `next` if the phase is one of `from`; false when it isn't (any more).
    synchronized boolean move(Predicate<Phase> from, Phase next) {
        if (!from.test(phase)) {
            return false;
        }
        if (phase instanceof Phase.Ailing(boolean givenUp, String message) && givenUp && !next.canServe()) {
            failure = new Phase.Failed(ReleaseReason.UNHEALTHY, message);
        }
        phase = next;
        if (next instanceof Phase.Failed failed) {
            failure = failed;
        }
        if (next instanceof Phase.Healthy && healthyAt == null) {
            healthyAt = Instant.now();
        }
        if (next instanceof Phase.Healthy && restart != null) {
            // it got well again before it was replaced
            restart = null;
            note = null;
        }
        return true;
    }

    /// Its container runs now. False when it was given up in the meantime: then the container has to be removed
    /// again.
    synchronized boolean started(Container container) {
        containerId = container.id();
        note = null;
        runsSince = Instant.now();
        target = at(container.address());
        return move(p -> p instanceof Phase.Creating, new Phase.Starting());
    }

    synchronized int port() {
        return port;
    }

    /// It was found to listen on another port than the one that was assumed.
    synchronized void listensOn(int found) {
        note = "It listens on port " + found + ", which had to be found out: port " + port
                + " was assumed. Set the app's port, or EXPOSE it in the Dockerfile, and it starts sooner";
        port = found;
        if (target != null) {
            target = new Target(id, target.address().host(), found);
        }
    }

    synchronized @Nullable String containerId() {
        return containerId;
    }

    synchronized @Nullable Target target() {
        return target;
    }

    /// It is going to be woken: what visits it from now on is counted anew, as its target drains.
    synchronized boolean wakes() {
        if (!move(p -> p instanceof Phase.Standby, new Phase.Starting())) {
            return false;
        }
        woken = true;
        former = target;
        target = target == null ? null : new Target(id, target.address().host(), port);
        return true;
    }

    synchronized boolean woken() {
        return woken;
    }

    /// All through whom somebody may be visiting it.
    synchronized List<Target> targets() {
        return Stream.of(Optional.ofNullable(former), Optional.ofNullable(target))
                .flatMap(Optional::stream)
                .toList();
    }

    synchronized Instant runsSince() {
        return runsSince;
    }

    /// What its control groups count now.
    synchronized void hit(LimitsHit now) {
        if (now.any()) {
            limitsHit = now;
        }
    }

    synchronized LimitsHit limitsHit() {
        return limitsHit;
    }

    /// Until it began to fail its checks, if it does.
    synchronized Duration healthyFor() {
        Instant end = pulse.failures() == 0 ? Instant.now() : pulse.since();
        return healthyAt == null ? Duration.ZERO : Duration.between(healthyAt, end);
    }

    synchronized Pulse pulse() {
        return pulse;
    }

    synchronized void pulse(Pulse now) {
        pulse = now;
    }

    /// Whether its health is to be looked at now; then no other look is due before [#looked]. The first is at some
    /// moment within the first pause, so that not all are looked at at once.
    synchronized boolean lookDue(Instant now, Duration pause) {
        // one that lies further ahead was made by a clock that has been set back since
        if (lookAt == null || lookAt.isAfter(now.plus(pause.multipliedBy(2)))) {
            lookAt = now.plus(somePartOf(pause));
        }
        boolean due = !looking && !now.isBefore(lookAt);
        looking |= due;
        return due;
    }

    /// The next look is due after the pause, give or take a tenth of it.
    synchronized void looked(Instant now, Duration pause) {
        looking = false;
        lookAt = now.plus(
                pause.multipliedBy(9).plus(somePartOf(pause.multipliedBy(2))).dividedBy(10));
    }

    /// Records why nothing is done about its failed checks; false when that was known.
    synchronized boolean spared(@Nullable String why) {
        boolean news = !Objects.equals(spared, why);
        spared = why;
        return news;
    }

    private static Duration somePartOf(Duration most) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most.toMillis() + 1));
    }

    /// Records that it belongs to a release; false when that was known.
    synchronized boolean belongsTo(long release) {
        boolean news = releaseId == null || releaseId != release;
        releaseId = release;
        return news;
    }

    /// Records whether requests are led to it; false when that was known.
    synchronized boolean serves(boolean now) {
        boolean news = serving != now;
        serving = now;
        return news;
    }

    /// It died while its release was live, and another one is going to take its place.
    synchronized void replacedBy(Instance.Restart next, String announcement) {
        restart = next;
        note = announcement;
    }

    /// What people should know about its present phase.
    synchronized void note(@Nullable String text) {
        note = text;
    }

    Observed.Seen seen() {
        return new Observed.Seen(id, fingerprint, phase(), createdAt, writes);
    }

    /// Its row. `gone`: its container is removed, or about to be without a drain.
    synchronized Instance row(boolean gone) {
        Instance.State state = failure != null
                ? Instance.State.FAILED
                : gone
                        ? Instance.State.STOPPED
                        : switch (phase) {
                            case Phase.Creating(), Phase.Found(), Phase.Starting() -> Instance.State.STARTING;
                            case Phase.Waiting(boolean ready) -> Instance.State.STARTING;
                            case Phase.Healthy() -> serving ? Instance.State.SERVING : Instance.State.HEALTHY;
                            case Phase.Ailing(var givenUp, var message) -> Instance.State.UNHEALTHY;
                            case Phase.Failed(var reason, var message) -> Instance.State.FAILED;
                            case Phase.Lost() -> Instance.State.STOPPED;
                            case Phase.Standby() -> Instance.State.STANDBY;
                            case Phase.Retiring() -> Instance.State.DRAINING;
                        };
        boolean ended = state == Instance.State.STOPPED || state == Instance.State.FAILED;
        if (ended && endedAt == null) {
            endedAt = Instant.now();
        }
        return new Instance(
                id,
                appId,
                releaseId,
                buildId,
                state,
                failure == null
                        ? phase instanceof Phase.Ailing ? ReleaseReason.UNHEALTHY.name() : null
                        : failure.reason().name(),
                text(),
                containerId,
                target == null ? null : target.address().host(),
                port == 0 ? null : port,
                createdAt,
                healthyAt,
                endedAt,
                type,
                restart);
    }

    private @Nullable String text() {
        String state = failure != null
                ? failure.message()
                : phase instanceof Phase.Ailing(var givenUp, String message) ? message : spared;
        return Stream.of(Optional.ofNullable(note), Optional.ofNullable(state))
                .flatMap(Optional::stream)
                .reduce((said, more) -> said + ". " + more)
                .orElse(null);
    }
}
