package dev.slipway.runtime.rollout;

import dev.slipway.db.runs.Run;
import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Makes what runs of one app equal to what should. Its loop is level-triggered: whenever something rings it,
/// it looks at everything anew and takes the steps of the plan; what takes long (starting, draining) goes on
/// beside it and rings when done.
final class AppSupervisor {
    private static final Logger log = LoggerFactory.getLogger(AppSupervisor.class);
    private static final int MOST_ROUNDS = 10;
    private static final Duration DISCARD_GRACE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final long appId;
    private final Surroundings world;
    private final Ringer ringer = new Ringer();
    private final Fleet fleet;
    private final Runs runs;
    private volatile boolean ended;

    AppSupervisor(long appId, String app, Surroundings world) {
        this.appId = appId;
        this.world = world;
        this.fleet = new Fleet(appId, app, world, ringer);
        this.runs = new Runs(world, ringer);
    }

    Runs runs() {
        return runs;
    }

    Fleet fleet() {
        return fleet;
    }

    void lookWithin(Duration pause) {
        ringer.ringAt(Instant.now().plus(pause));
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
            lookWithin(RETRY);
        } catch (RuntimeException e) {
            log.error("app {}: a step failed; looking again soon", appId, e);
            lookWithin(RETRY);
        }
    }

    /// One look and its plan; true when tables changed by it, so that another look is due at once.
    private boolean step() {
        Desired now = fleet.desired();
        Observed observed = fleet.observed(runs);
        List<Action> plan = now == null ? Plan.withoutTables(observed) : Plan.of(now, observed, Instant.now());
        if (now != null) {
            fleet.associate(now);
            world.places().hold(appId, JobPlan.underWay(now, observed.runs().keySet()));
        }
        boolean moved = false;
        try {
            for (Action action : plan) {
                if (!(action instanceof Action.LookAgain)) {
                    log.debug("app {}: {}", appId, action);
                }
                if (!take(action)) {
                    moved = true;
                    break;
                }
                moved |= action.changesTables();
            }
        } finally {
            // also when a later step failed: nobody else tells what this process wrote itself
            if (moved) {
                world.refresh().run();
            }
        }
        return moved;
    }

    /// False when the step found that the tables have changed: the rest of the plan is void.
    private boolean take(Action action) {
        return switch (action) {
            case Action.Begin(var release) -> world.tables().releases().start(release.release());
            case Action.Execute(var run, InstanceSpec spec) -> execute(run, spec);
            case Action.RunStarted(var run) -> world.tables().runs().start(run);
            case Action.EndRun end -> endRun(end);
            case Action.StopRun(long id, boolean late) -> stopRun(id, late);
            case Action.RemoveRun(long id) -> removeRun(id);
            case Action.Launch launch -> launch(launch);
            case Action.Admit(String id, var launch) -> admit(id, launch);
            case Action.Check(String id, InstanceSpec spec) -> check(id, spec);
            case Action.Serve(AppRoute.Status status, Set<String> ids) -> serve(status, ids);
            case Action.Unroute() -> unroute();
            case Action.GoLive(var release) -> goLive(release);
            case Action.Fail(var release, var reason, var message) ->
                world.tables().releases().fail(release.release(), reason, message);
            case Action.Shelve(String id) -> shelve(id);
            case Action.Wake(String id, InstanceSpec spec) -> wake(id, spec);
            case Action.Retire(String id) -> retire(id);
            case Action.Discard(String id) -> discard(id);
            case Action.EndReleases() -> endReleases();
            case Action.LookAgain(Instant at) -> lookAgain(at);
        };
    }

    private boolean execute(Run run, InstanceSpec spec) {
        if (world.places().take(run, ringer)) {
            runs.start(run, spec, () -> fleet.wants(run));
        }
        return true;
    }

    private boolean endRun(Action.EndRun action) {
        Runs.Seen seen = runs.get(action.run().id());
        String output = world.runContainers().output(seen == null ? null : seen.container(), action.spec());
        return switch (action.end()) {
            case RunEnd.Succeeded() -> world.tables().runs().succeed(action.run(), output);
            case RunEnd.Failed(var failure) ->
                world.tables().runs().fail(action.run(), RunEnd.withLastLines(failure, output), output);
            case RunEnd.Cancelled(String message, Integer exitCode) ->
                world.tables().runs().cancelled(action.run(), message, exitCode, output);
        };
    }

    /// Whole lines of what a run that hasn't ended has written: the beginning of a secret can't be recognised.
    Optional<String> outputSoFar(long run) {
        Desired now = fleet.desired();
        Runs.Seen seen = runs.get(run);
        return now == null || seen == null
                ? Optional.empty()
                : now.specOfRun(run).map(spec -> {
                    String text = world.runContainers().output(seen.container(), spec);
                    return text.substring(0, text.lastIndexOf('\n') + 1);
                });
    }

    private boolean stopRun(long id, boolean late) {
        runs.stop(id, late);
        return true;
    }

    private boolean removeRun(long id) {
        runs.remove(id);
        return true;
    }

    private boolean launch(Action.Launch launch) {
        Supervised instance = Supervised.creating(InstanceIds.next(launch.spec()), launch);
        fleet.add(instance);
        world.tasks().execute(() -> {
            if (instance.writes.isEmpty()) {
                world.starter().start(instance, launch, fleet);
            } else {
                world.starter().makeReady(instance, launch, fleet);
            }
        });
        return true;
    }

    private boolean admit(String id, Action.Launch launch) {
        Supervised instance = fleet.get(id);
        if (instance != null
                && instance.phase() instanceof Phase.Waiting
                && world.writers().admit(instance)
                && instance.move(p -> p instanceof Phase.Waiting, new Phase.Creating())) {
            world.tasks().execute(() -> world.starter().start(instance, launch, fleet));
        }
        return true;
    }

    private boolean check(String id, InstanceSpec spec) {
        Supervised instance = fleet.get(id);
        if (instance != null && instance.move(p -> p instanceof Phase.Found, new Phase.Starting())) {
            world.tasks().execute(() -> world.watch().untilHealthy(instance, spec, fleet));
        }
        return true;
    }

    private boolean goLive(Desired.Wanted release) {
        boolean live = world.tables().releases().goLive(release.release());
        if (live) {
            fleet.wentLive(release);
        }
        return live;
    }

    private boolean serve(AppRoute.Status status, Set<String> ids) {
        List<Target> targets = new ArrayList<>();
        for (String id : ids) {
            Supervised instance = fleet.get(id);
            Target target = instance == null ? null : instance.target();
            if (target != null) {
                targets.add(target);
            }
        }
        world.routes().put(new AppRoute(fleet.app(), status, targets));
        world.routeFile().save(world.routes());
        for (Supervised instance : fleet.all()) {
            if (instance.serves(ids.contains(instance.id))) {
                world.rows().save(instance.row(false));
            }
        }
        return true;
    }

    private boolean unroute() {
        world.routes().remove(fleet.app());
        world.routeFile().save(world.routes());
        return true;
    }

    private boolean shelve(String id) {
        Supervised instance = fleet.get(id);
        if (instance != null
                && instance.move(p -> p instanceof Phase.Healthy || p instanceof Phase.Found, new Phase.Standby())) {
            world.rows().save(instance.row(false));
            world.tasks().execute(() -> world.freezer().freeze(instance, () -> fleet.giveUpStandby(id)));
        }
        return true;
    }

    private boolean wake(String id, InstanceSpec spec) {
        Supervised instance = fleet.get(id);
        if (instance != null && instance.wakes()) {
            world.tasks().execute(() -> world.freezer().wake(instance, spec, fleet));
        }
        return true;
    }

    private boolean retire(String id) {
        fleet.retire(id);
        return true;
    }

    private boolean discard(String id) {
        Supervised instance = fleet.get(id);
        if (instance != null && instance.move(p -> !(p instanceof Phase.Retiring), new Phase.Retiring())) {
            world.rows().save(instance.row(true));
            world.tasks().execute(() -> {
                world.starter().remove(instance, DISCARD_GRACE);
                fleet.forget(instance);
            });
        }
        return true;
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
        Desired now = fleet.desired();
        ended = now != null
                && now.deleted()
                && now.open().isEmpty()
                && fleet.all().isEmpty()
                && runs.all().isEmpty()
                && world.routes().of(fleet.app()).isEmpty();
        if (ended) {
            world.places().hold(appId, Set.of());
            ringer.ring();
        }
        return ended;
    }
}
