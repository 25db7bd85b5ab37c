package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.probe.Diagnosis;
import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Makes what runs of one app equal to what should. Its loop is level-triggered: whenever something rings it, it looks at everything
/// anew and takes the steps of the plan; what takes long (starting, draining) goes on beside it and rings when done.
final class AppSupervisor implements Progress {
    private static final Logger log = LoggerFactory.getLogger(AppSupervisor.class);
    private static final int MOST_ROUNDS = 10;
    private static final Duration DISCARD_GRACE = Duration.ofSeconds(5);

    private final long appId;
    private final Surroundings world;
    private final Ringer ringer = new Ringer();
    private final Map<String, Supervised> instances = new ConcurrentHashMap<>();
    /// Ids of instances whose containers were removed: an older look at the engine may still show them.
    private final Set<String> buried = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Desired desired;
    private volatile boolean ended;
    private volatile Backoff backoff = Backoff.NONE;
    /// The name under which its route stands.
    private volatile String app;

    AppSupervisor(long appId, String app, Surroundings world) {
        this.appId = appId;
        this.app = app;
        this.world = world;
    }

    void start() {
        world.tasks().execute(() -> {
            try {
                while (!ended) {
                    ringer.await();
                    pass();
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// What the tables say now.
    void desire(Desired now) {
        desired = now;
        if (!now.app().isEmpty()) {
            app = now.app();
        }
        ringer.ring();
    }

    /// Everything of this app that the engine has now.
    ///
    /// @param afterGap it couldn't be watched for a while: what ended in the meantime ended with the engine or the machine
    void observe(List<Container> containers, boolean afterGap) {
        Set<String> present = containers.stream().map(Container::id).collect(Collectors.toSet());
        for (Container container : containers) {
            String id = container.label(Labels.INSTANCE);
            if (id != null && !buried.contains(id)) {
                observe(id, container, afterGap);
            }
        }
        for (Supervised instance : instances.values()) {
            String container = instance.containerId();
            if (container != null && !present.contains(container) && instance.move(p -> p instanceof Phase.Found || p instanceof Phase.Healthy, new Phase.Lost())) {
                log.warn("instance {} is gone from the engine", instance.id);
                changed(instance);
            }
        }
        ringer.ring();
    }

    private void observe(String id, Container container, boolean afterGap) {
        Supervised known = instances.get(id);
        if (known == null) {
            Supervised found = Supervised.found(container, routed(id).filter(t -> t.address().host().equals(container.address())).orElse(null));
            instances.put(id, found);
            log.info("found instance {}: {}", id, found.phase());
            world.rows().save(found.row(false));
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
        return world.routes().of(app).stream().flatMap(r -> r.targets().stream()).filter(t -> t.id().equals(id)).findFirst();
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
            world.tasks().execute(() -> world.watch().ended(instance, spec.get().process().memoryMb(), this));
        }
    }

    /// A dead instance must not wait for its diagnosis to leave the route.
    private void leaveRoute(Supervised instance) {
        world.routes().of(app).filter(r -> r.targets().stream().anyMatch(t -> t.id().equals(instance.id))).ifPresent(route -> {
            world.routes().put(new AppRoute(route.app(), route.status(), route.targets().stream().filter(t -> !t.id().equals(instance.id)).toList()));
            world.routeFile().save(world.routes());
        });
        instance.serves(false);
    }

    private Optional<InstanceSpec> specOf(Supervised instance) {
        Desired now = desired;
        if (now == null) {
            return Optional.empty();
        }
        return java.util.stream.Stream.concat(now.open().stream().map(Desired.Wanted::spec), now.headStart().stream().map(Desired.HeadStart::spec))
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
        if (!instance.move(Phase::usable, new Phase.Failed(diagnosis.reason(), diagnosis.message()))) {
            return;
        }
        leaveRoute(instance);
        log.info("instance {} failed: {} {}", instance.id, diagnosis.reason(), diagnosis.message());
        Desired now = desired;
        if (now != null && now.live().filter(l -> l.spec().fingerprint().equals(instance.fingerprint)).isPresent()) {
            backoff = backoff.failed(Instant.now(), healthyFor);
            instance.note(backoff.announcement(Instant.now()));
            if (backoff.worthTelling()) {
                world.tasks().execute(() -> world.tables().recordFailure(appId, now.live().orElseThrow().release().id(), instance.row(false)));
            }
        }
        changed(instance);
    }

    /// Looks at everything and takes the plan's steps, until there is nothing to do at once.
    private void pass() {
        try {
            for (int round = 0; round < MOST_ROUNDS && step(); round++) {
                log.trace("app {}: another round", appId);
            }
        } catch (DataAccessException | TransactionException e) {
            if (world.tasks().isShutdown()) {
                return;
            }
            log.warn("app {}: the database is away, so the rollout waits ({})", appId, e.getMessage());
        } catch (RuntimeException e) {
            log.error("app {}: a step failed; looking again at the next ring", appId, e);
        }
    }

    /// One look and its plan; true when tables changed by it, so that another look is due at once.
    private boolean step() {
        Desired now = desired;
        Observed observed = observed();
        List<Action> plan = now == null ? Plan.withoutTables(observed) : Plan.of(now, observed, Instant.now());
        if (now != null) {
            associate(now);
        }
        for (Action action : plan) {
            if (!(action instanceof Action.LookAgain)) {
                log.debug("app {}: {}", appId, action);
            }
            if (!take(action)) {
                world.refresh().run();
                return true;
            }
        }
        boolean moved = plan.stream().anyMatch(a -> a instanceof Action.Begin || a instanceof Action.GoLive || a instanceof Action.Fail || a instanceof Action.EndReleases);
        if (moved) {
            world.refresh().run();
        }
        return moved;
    }

    private Observed observed() {
        Optional<AppRoute> route = world.routes().of(app);
        Set<String> serving = route.stream().flatMap(r -> r.targets().stream()).map(Target::id).collect(Collectors.toSet());
        return new Observed(instances.values().stream().map(Supervised::seen).toList(), serving, route.map(AppRoute::status).orElse(null), backoff.notBefore());
    }

    /// Head starts and found instances learn which release they belong to.
    private void associate(Desired now) {
        for (Desired.Wanted wanted : now.open()) {
            String fingerprint = wanted.spec().fingerprint();
            for (Supervised instance : instances.values()) {
                if (instance.fingerprint.equals(fingerprint) && instance.belongsTo(wanted.release().id())) {
                    world.rows().save(instance.row(false));
                }
            }
        }
    }

    /// False when the step found that the tables have changed: the rest of the plan is void.
    private boolean take(Action action) {
        return switch (action) {
            case Action.Begin(var release) -> world.tables().releases().start(release.release());
            case Action.Launch launch -> launch(launch);
            case Action.Check(String id, InstanceSpec spec) -> check(id, spec);
            case Action.Serve(AppRoute.Status status, Set<String> ids) -> serve(status, ids);
            case Action.Unroute() -> unroute();
            case Action.GoLive(var release) -> world.tables().releases().goLive(release.release());
            case Action.Fail(var release, var reason, var message) -> fail(release, reason, message);
            case Action.Retire(String id) -> retire(id);
            case Action.Discard(String id) -> discard(id);
            case Action.EndReleases() -> endReleases();
            case Action.LookAgain(Instant at) -> lookAgain(at);
        };
    }

    private boolean launch(Action.Launch launch) {
        Supervised instance = Supervised.creating(InstanceIds.next(launch.spec().app(), launch.spec().release()), launch);
        instances.put(instance.id, instance);
        world.tasks().execute(() -> world.starter().start(instance, launch, this));
        world.rows().save(instance.row(false));
        return true;
    }

    private boolean check(String id, InstanceSpec spec) {
        Supervised instance = instances.get(id);
        if (instance != null && instance.move(p -> p instanceof Phase.Found, new Phase.Starting())) {
            world.tasks().execute(() -> world.watch().untilHealthy(instance, spec, this));
        }
        return true;
    }

    private boolean serve(AppRoute.Status status, Set<String> ids) {
        List<Target> targets = new ArrayList<>();
        for (String id : ids) {
            Supervised instance = instances.get(id);
            Target target = instance == null ? null : instance.target();
            if (target != null) {
                targets.add(target);
            }
        }
        world.routes().put(new AppRoute(app, status, targets));
        world.routeFile().save(world.routes());
        for (Supervised instance : instances.values()) {
            if (instance.serves(ids.contains(instance.id))) {
                world.rows().save(instance.row(false));
            }
        }
        return true;
    }

    private boolean unroute() {
        world.routes().remove(app);
        world.routeFile().save(world.routes());
        return true;
    }

    private boolean fail(Desired.Wanted release, dev.slipway.db.releases.ReleaseReason reason, String message) {
        // it may have been PENDING when the plan was made; Begin came first then
        return world.tables().releases().fail(release.release(), reason, message);
    }

    private boolean retire(String id) {
        Supervised instance = instances.get(id);
        if (instance != null && instance.move(Phase::usable, new Phase.Retiring())) {
            world.rows().save(instance.row(false));
            world.tasks().execute(() -> {
                world.starter().retire(instance);
                forget(instance);
            });
        }
        return true;
    }

    private boolean discard(String id) {
        Supervised instance = instances.get(id);
        if (instance != null && instance.move(p -> !(p instanceof Phase.Retiring), new Phase.Retiring())) {
            world.rows().save(instance.row(true));
            world.tasks().execute(() -> {
                world.starter().remove(instance, DISCARD_GRACE);
                forget(instance);
            });
        }
        return true;
    }

    private void forget(Supervised instance) {
        buried.add(instance.id);
        instances.remove(instance.id);
        world.rows().save(instance.row(true));
        ringer.ring();
    }

    private boolean endReleases() {
        world.tables().releases().endAll(appId);
        return true;
    }

    private boolean lookAgain(Instant at) {
        ringer.ringAt(at);
        return true;
    }

    /// Ends the loop when nothing is left of a deleted app.
    boolean endWhenDone() {
        Desired now = desired;
        ended = now != null && now.deleted() && now.open().isEmpty() && instances.isEmpty() && world.routes().of(app).isEmpty();
        if (ended) {
            ringer.ring();
        }
        return ended;
    }

    String app() {
        return app;
    }

    Set<String> instanceIds() {
        return Set.copyOf(instances.keySet());
    }

    Optional<String> containerOf(String instanceId) {
        return Optional.ofNullable(instances.get(instanceId)).map(Supervised::containerId);
    }
}
