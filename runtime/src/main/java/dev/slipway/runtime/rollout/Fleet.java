package dev.slipway.runtime.rollout;

import dev.slipway.db.instances.Instance;
import dev.slipway.db.runs.Run;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.probe.Diagnosis;
import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The instances of one app as they are: what the engine shows of them, what their starts report, how they end.
/// Thread-safe; every change is written to the instance's row and rings the app's supervisor.
final class Fleet implements Progress {
    private static final Logger log = LoggerFactory.getLogger(Fleet.class);

    private final long appId;
    private final Surroundings world;
    private final Ringer ringer;
    private final Map<String, Supervised> instances = new ConcurrentHashMap<>();
    /// Ids of instances whose containers were removed: an older look at the engine may still show them.
    private final Set<String> buried = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Desired desired;
    /// What the live release has, by fingerprint.
    private volatile Map<String, InstanceSpec> liveTypes = Map.of();
    /// Of the live release's types, by fingerprint.
    private final Map<String, Backoff> backoffs = new ConcurrentHashMap<>();
    /// The name under which its route stands; "" when the app is deleted, as another one may have the name then.
    private volatile String app;
    private final LastAsked lastAsked;

    /// @param ringer wakes the supervisor
    Fleet(long appId, String app, Surroundings world, Ringer ringer) {
        this.appId = appId;
        this.app = app;
        this.world = world;
        this.ringer = ringer;
        this.lastAsked = new LastAsked(world.routes().of(app));
    }

    /// A request waits for an instance.
    void knocked() {
        lastAsked.now();
        ringer.ring();
    }

    /// What the tables say now; rings when that is new.
    synchronized void desire(Desired now) {
        if (!now.equals(desired)) {
            know(now);
            ringer.ring();
        }
    }

    private void know(Desired now) {
        desired = now;
        liveTypes = now.live().map(Desired.Wanted::types).orElse(List.of()).stream()
                .collect(Collectors.toMap(InstanceSpec::fingerprint, Function.identity(), (one, equal) -> one));
        backoffs.keySet().retainAll(now.specs().map(InstanceSpec::fingerprint).collect(Collectors.toSet()));
        app = now.app();
    }

    /// What this process has just written into the tables is known without reading it again.
    synchronized void wentLive(Desired.Wanted release) {
        Desired now = desired;
        if (now != null) {
            know(now.live(release, Instant.now()));
        }
    }

    /// Null before the tables were read.
    @Nullable
    Desired desired() {
        return desired;
    }

    /// Whether a command should still be started. As long as nothing else is known, it should.
    boolean wants(Run run) {
        Desired now = desired;
        return now == null || now.runs().anyMatch(r -> r.id() == run.id() && !r.cancelRequested());
    }

    String app() {
        return app;
    }

    Collection<Supervised> all() {
        return instances.values();
    }

    @Nullable
    Supervised get(String id) {
        return instances.get(id);
    }

    void add(Supervised instance) {
        instances.put(instance.id, instance);
        world.rows().save(instance.row(false));
    }

    /// Lets it answer its last requests, stops and removes it, beside the caller.
    void retire(String id) {
        retire(id, Phase::usable);
    }

    /// The same, if it is on standby.
    void giveUpStandby(String id) {
        retire(id, phase -> phase instanceof Phase.Standby);
    }

    private void retire(String id, Predicate<Phase> from) {
        Supervised instance = instances.get(id);
        if (instance != null && instance.move(from, new Phase.Retiring())) {
            world.rows().save(instance.row(false));
            world.tasks().execute(() -> {
                world.starter().retire(instance);
                forget(instance);
            });
        }
    }

    /// Its container is removed, as far as it is known that there is one: what the engine makes after all, of a request
    /// whose answer never arrived, is found by the next look.
    void forget(Supervised instance) {
        if (instance.containerId() != null) {
            buried.add(instance.id);
        }
        instances.remove(instance.id);
        world.writers().gone(instance);
        world.rows().save(instance.row(true));
        ringer.ring();
    }

    /// Everything of this app that the engine has now; rings when that says something new.
    ///
    /// @param afterGap it couldn't be watched for a while: what ended in the meantime ended with the engine or
    ///     the
    ///     machine
    void observe(List<Container> containers, boolean afterGap) {
        Set<String> present = containers.stream().map(Container::id).collect(Collectors.toSet());
        for (Container container : containers) {
            String id = container.label(Labels.INSTANCE);
            if (id != null && !container.unknown() && !buried.contains(id)) {
                observe(id, container, afterGap);
            }
        }
        for (Supervised instance : instances.values()) {
            String container = instance.containerId();
            if (container != null
                    && !present.contains(container)
                    && gone(container)
                    && instance.move(
                            p -> p instanceof Phase.Found || p instanceof Phase.Standby || p.canServe(),
                            new Phase.Lost())) {
                log.warn("instance {} is gone from the engine", instance.id);
                changed(instance);
            }
        }
        buried.retainAll(containers.stream()
                .map(container -> String.valueOf(container.label(Labels.INSTANCE)))
                .toList());
    }

    /// The list may be older than the container.
    private boolean gone(String container) {
        try {
            return world.watch().engine().inspect(container).isEmpty();
        } catch (EngineException notNow) {
            return false;
        }
    }

    private void observe(String id, Container container, boolean afterGap) {
        Supervised known = instances.get(id);
        if (known == null) {
            Supervised found = Supervised.found(
                    container,
                    routed(id)
                            .filter(t -> t.address().host().equals(container.address()))
                            .orElse(null));
            instances.put(id, found);
            world.writers().found(found);
            log.info("found instance {}: {}", id, found.phase());
            lastAsked.now(); // an app that slept was being woken
            world.rows().save(found.row(false));
            ringer.ring();
            if (found.phase() instanceof Phase.Standby) {
                world.tasks().execute(() -> world.freezer().account(found, () -> giveUpStandby(id)));
            }
        } else if (!container.running() && container.id().equals(known.containerId())) {
            if (afterGap && known.move(Phase::usable, new Phase.Lost())) {
                leaveRoute(known);
                changed(known);
            } else {
                died(known);
            }
        }
    }

    private Optional<Target> routed(String id) {
        return world.routes().of(app).stream()
                .flatMap(r -> r.targets().stream())
                .filter(t -> t.id().equals(id))
                .findFirst();
    }

    /// The engine says that a container has ended; false when it isn't one of this app's.
    boolean died(String containerId) {
        for (Supervised instance : instances.values()) {
            if (containerId.equals(instance.containerId())) {
                died(instance);
                return true;
            }
        }
        return false;
    }

    private void died(Supervised instance) {
        if (!instance.phase().usable()) {
            return;
        }
        leaveRoute(instance);
        Optional<InstanceSpec> spec = specOf(instance);
        if (spec.isEmpty()) {
            instance.move(Phase::usable, new Phase.Lost());
            changed(instance);
        } else {
            world.tasks().execute(() -> world.watch().ended(instance, spec.get(), this));
        }
    }

    /// A dead instance must not wait for its diagnosis to leave the route.
    private void leaveRoute(Supervised instance) {
        world.routes()
                .of(app)
                .filter(r -> r.targets().stream().anyMatch(t -> t.id().equals(instance.id)))
                .ifPresent(route -> {
                    world.routes()
                            .put(new AppRoute(
                                    route.app(),
                                    route.status(),
                                    route.targets().stream()
                                            .filter(t -> !t.id().equals(instance.id))
                                            .toList()));
                    world.routeFile().save(world.routes());
                });
        instance.serves(false);
    }

    private Optional<InstanceSpec> specOf(Supervised instance) {
        Desired now = desired;
        if (now == null) {
            return Optional.empty();
        }
        return now.specs()
                .filter(s -> s.fingerprint().equals(instance.fingerprint))
                .findFirst();
    }

    @Override
    public void changed(Supervised instance) {
        world.rows().save(instance.row(false));
        ringer.ring();
    }

    @Override
    public void failed(Supervised instance, Diagnosis diagnosis) {
        Duration healthyFor = instance.healthyFor();
        Optional<Desired.Wanted> live = Optional.ofNullable(desired)
                .flatMap(Desired::live)
                .filter(release -> release.types().stream()
                        .anyMatch(type -> type.fingerprint().equals(instance.fingerprint)));
        // what it can't bear is to have been frozen: that says nothing about one that starts anew
        boolean onlyWoken = instance.woken() && live.isEmpty();
        Phase next = onlyWoken ? new Phase.Lost() : new Phase.Failed(diagnosis.reason(), diagnosis.message());
        if (!instance.move(Phase::usable, next)) {
            return;
        }
        leaveRoute(instance);
        log.info("instance {} failed: {} {}", instance.id, diagnosis.reason(), diagnosis.message());
        live.ifPresent(
                release -> backOff(instance, healthyFor, release.release().id()));
        changed(instance);
    }

    private void backOff(Supervised instance, Duration healthyFor, long releaseId) {
        Instant now = Instant.now();
        Backoff backoff = Objects.requireNonNull(backoffs.compute(
                instance.fingerprint,
                (type, before) -> (before == null ? Backoff.NONE : before).failed(now, healthyFor)));
        instance.replacedBy(new Instance.Restart(backoff.failures(), backoff.notBefore()), backoff.announcement(now));
        if (backoff.worthTelling()) {
            world.tasks().execute(() -> world.tables().recordFailure(appId, releaseId, instance.row(false)));
        }
    }

    /// What of the live release has been healthy, and what it is.
    Map<Supervised, InstanceSpec> patients() {
        Map<String, InstanceSpec> types = liveTypes;
        Map<Supervised, InstanceSpec> patients = new HashMap<>();
        for (Supervised instance : instances.values()) {
            InstanceSpec spec = types.get(instance.fingerprint);
            if (spec != null && instance.phase().canServe()) {
                patients.put(instance, spec);
            }
        }
        return patients;
    }

    /// What follows from an instance's last answers.
    void stands(Supervised instance, Pulse.Standing standing, Pulse pulse) {
        String told = pulse.told(Instant.now());
        switch (standing) {
            case WELL -> {
                if (pulse.failures() == 0 && instance.move(p -> p instanceof Phase.Ailing, new Phase.Healthy())) {
                    log.info("instance {} passes its health check again", instance.id);
                    changed(instance);
                }
            }
            case AILING -> {
                if (instance.move(p -> p.canServe() && !p.givenUp(), new Phase.Ailing(false, "It " + told + "."))) {
                    changed(instance);
                }
            }
            case GIVEN_UP -> giveUp(instance, told);
        }
    }

    /// Another one is started, with back-off, and then takes its place.
    private void giveUp(Supervised instance, String told) {
        Desired now = desired;
        Optional<Desired.Wanted> live = now == null ? Optional.empty() : now.live();
        if (live.isPresent()
                && instance.move(p -> p.canServe() && !p.givenUp(), new Phase.Ailing(true, "It " + told + "."))) {
            log.info("instance {} is given up: it {}", instance.id, told);
            backOff(instance, instance.healthyFor(), live.get().release().id());
            changed(instance);
        }
    }

    Observed observed(Runs runs) {
        Optional<AppRoute> route = world.routes().of(app);
        if (world.routes().waiting(app) > 0) {
            lastAsked.now();
        }
        Set<String> serving = route.stream()
                .flatMap(r -> r.targets().stream())
                .map(Target::id)
                .collect(Collectors.toSet());
        return new Observed(
                instances.values().stream().map(Supervised::seen).toList(),
                serving,
                route.map(AppRoute::status).orElse(null),
                backoffs.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, type -> type.getValue().notBefore())),
                runs.all().stream().collect(Collectors.toMap(Runs.Seen::id, Runs.Seen::phase)),
                world.writers().takenByOthersThan(appId),
                lastAsked.of(route));
    }

    /// Head starts and found instances learn which release they belong to.
    void associate(Desired now) {
        for (Desired.Wanted wanted : now.open()) {
            for (InstanceSpec type : wanted.types()) {
                associate(type.fingerprint(), wanted.release().id());
            }
        }
    }

    private void associate(String fingerprint, long releaseId) {
        for (Supervised instance : instances.values()) {
            if (instance.fingerprint.equals(fingerprint) && instance.belongsTo(releaseId)) {
                world.rows().save(instance.row(false));
            }
        }
    }

    Set<String> ids() {
        return Set.copyOf(instances.keySet());
    }
}
