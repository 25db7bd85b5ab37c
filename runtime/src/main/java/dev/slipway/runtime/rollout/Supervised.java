package dev.slipway.runtime.rollout;

import dev.slipway.db.instances.Instance;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One instance in the hands of its app's supervisor. Thread-safe; its phase only moves by [#move].
final class Supervised {
    private static final int DEFAULT_DRAIN_SECONDS = 30;

    final String id;
    final long appId;
    final String fingerprint;
    final Instant createdAt;
    final Duration drain;

    private Phase phase;
    private int port;
    private @Nullable Long releaseId;
    private @Nullable Long buildId;
    private @Nullable String containerId;
    private @Nullable Target target;
    private @Nullable String note;
    private @Nullable Instant healthyAt;
    private boolean serving;
    /// Why it failed, also while it is being removed.
    private Phase.@Nullable Failed failure;
    private @Nullable Instant endedAt;

    private Supervised(
            String id, long appId, String fingerprint, int port, Instant createdAt, Duration drain, Phase phase) {
        this.id = id;
        this.appId = appId;
        this.fingerprint = fingerprint;
        this.port = port;
        this.createdAt = createdAt;
        this.drain = drain;
        this.phase = phase;
    }

    /// One that is about to be started.
    static Supervised creating(String id, Action.Launch launch) {
        InstanceSpec spec = launch.spec();
        Supervised instance = new Supervised(
                id,
                spec.appId(),
                spec.fingerprint(),
                spec.port(),
                Instant.now(),
                Duration.ofSeconds(spec.process().drainSeconds()),
                new Phase.Creating());
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
        Phase phase =
                !container.running() ? new Phase.Lost() : routed != null ? new Phase.Healthy() : new Phase.Found();
        Supervised instance = new Supervised(
                Objects.requireNonNull(container.label(Labels.INSTANCE)),
                number(container, Labels.APP, 0),
                Objects.requireNonNullElse(container.label(Labels.SPEC), ""),
                port,
                container.createdAt(),
                Duration.ofSeconds(number(container, Labels.DRAIN_SECONDS, DEFAULT_DRAIN_SECONDS)),
                phase);
        instance.releaseId =
                container.label(Labels.RELEASE) == null ? null : Long.valueOf(number(container, Labels.RELEASE, 0));
        instance.buildId =
                container.label(Labels.BUILD) == null ? null : Long.valueOf(number(container, Labels.BUILD, 0));
        instance.containerId = container.id();
        instance.serving = routed != null;
        if (phase instanceof Phase.Healthy) {
            instance.healthyAt = Instant.now();
        }
        String address = container.address();
        instance.target = routed != null ? routed : address == null ? null : new Target(instance.id, address, port);
        return instance;
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
        phase = next;
        if (next instanceof Phase.Failed failed) {
            failure = failed;
        }
        if (next instanceof Phase.Healthy) {
            healthyAt = Instant.now();
        }
        return true;
    }

    /// Its container runs now. False when it was given up in the meantime: then the container has to be removed
    /// again.
    synchronized boolean started(Container container) {
        containerId = container.id();
        note = null;
        String address = container.address();
        target = address == null ? null : new Target(id, address, port);
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

    synchronized Duration healthyFor() {
        return healthyAt == null ? Duration.ZERO : Duration.between(healthyAt, Instant.now());
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

    /// What people should know about its present phase.
    synchronized void note(@Nullable String text) {
        note = text;
    }

    Observed.Seen seen() {
        return new Observed.Seen(id, fingerprint, phase(), createdAt);
    }

    /// Its row. `gone`: its container is removed, or about to be without a drain.
    synchronized Instance row(boolean gone) {
        Instance.State state = failure != null
                ? Instance.State.FAILED
                : gone
                        ? Instance.State.STOPPED
                        : switch (phase) {
                            case Phase.Creating(), Phase.Found(), Phase.Starting() -> Instance.State.STARTING;
                            case Phase.Healthy() -> serving ? Instance.State.SERVING : Instance.State.HEALTHY;
                            case Phase.Failed(var reason, var message) -> Instance.State.FAILED;
                            case Phase.Lost() -> Instance.State.STOPPED;
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
                failure == null ? null : failure.reason().name(),
                text(),
                containerId,
                target == null ? null : target.address().host(),
                port,
                createdAt,
                healthyAt,
                endedAt);
    }

    private @Nullable String text() {
        if (failure == null) {
            return note;
        }
        return note == null ? failure.message() : note + ". " + failure.message();
    }
}
