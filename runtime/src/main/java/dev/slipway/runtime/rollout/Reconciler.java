package dev.slipway.runtime.rollout;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.DatabaseIdentity;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.terminal.TerminalSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Looks at the tables and at the engine, whenever something rings and every few seconds, and tells each app's
/// supervisor what it sees.
///
/// Without the database apps go on as last known; without the engine nothing is believed to have stopped.
/// Nothing is removed before the tables were read once.
public final class Reconciler implements TerminalSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    /// How often the tables are looked at when nothing rings.
    public static final Duration LOOK_AT_TABLES = Duration.ofSeconds(10);
    /// How often the engine is looked at, which is also when what failed is tried again.
    private static final Duration LOOK_AT_ENGINE = Duration.ofSeconds(3);

    private final Engine engine;
    private final Tables tables;
    private final InstanceStore instanceStore;
    private final InstanceRows rows;
    private final Surroundings world;
    private final ImageSweep images;
    private final ExecutorService tasks = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("rollout-", 0).factory());
    private final Map<Long, AppSupervisor> supervisors = new ConcurrentHashMap<>();
    private final Ringer engineRinger = new Ringer();
    private volatile boolean tablesRead;
    private volatile boolean engineRead;
    private final ReentrantLock refreshing = new ReentrantLock();
    private boolean prepared;
    /// Deaths are being told.
    private volatile boolean subscribed;
    private volatile boolean tablesAway;
    private boolean engineAway;
    /// The engine was away: what ended meanwhile didn't end by itself.
    private volatile boolean afterGap = true;
    private volatile @Nullable AutoCloseable events;

    public Reconciler(Engine engine, Database database, MasterKey key, Routes routes, RolloutSettings settings) {
        this.engine = engine;
        this.tables = new Tables(database, key, settings.standby());
        this.instanceStore = new InstanceStore(database);
        this.rows = new InstanceRows(instanceStore);
        this.images = new ImageSweep(engine, tables, tasks::isShutdown);
        Watch watch = new Watch(engine, tables, settings.domain());
        this.world = new Surroundings(
                tables,
                rows,
                routes,
                new RouteFile(settings.home()),
                new Starter(engine, tables, watch, routes),
                new Freezer(engine, routes, watch, settings.standbyBytes()),
                watch,
                new RunContainers(engine, tables),
                new Writers(),
                new Places(settings.mostCommands()),
                tasks,
                this::refresh);
    }

    /// The routes as they were before the last stop. Call it before the router starts.
    public void restoreRoutes() {
        world.routeFile().load(world.routes());
    }

    public void start() {
        world.routes().onKnock(this::knocked);
        engineRinger.ring();
        tasks.execute(this::watchEngine);
        tasks.execute(images::run);
        tasks.execute(new HealthRounds(this::fleets, world)::run);
    }

    private void knocked(String app) {
        for (AppSupervisor supervisor : supervisors.values()) {
            if (supervisor.fleet().app().equals(app)) {
                supervisor.fleet().knocked();
            }
        }
    }

    private List<Fleet> fleets() {
        return supervisors.values().stream().map(AppSupervisor::fleet).toList();
    }

    @Override
    public Optional<ContainerSpec> container(long appId, String id, List<String> command) {
        AppSupervisor supervisor = supervisors.get(appId);
        return Optional.ofNullable(
                        supervisor == null ? null : supervisor.fleet().desired())
                .flatMap(Desired::live)
                .map(live -> new TerminalContainers(engine, tables).of(live, id, command));
    }

    /// What a command that hasn't ended has written so far, without the values of variables.
    public Optional<String> outputSoFar(long appId, long run) {
        return Optional.ofNullable(supervisors.get(appId)).flatMap(supervisor -> supervisor.outputSoFar(run));
    }

    private void watchEngine() {
        try {
            while (true) {
                engineRinger.await(LOOK_AT_ENGINE);
                lookAtEngine();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Something changed, or it is time to look anyway.
    public void rung(List<Bell.Ring> rings) {
        if (rings.stream().anyMatch(Reconciler::concerns)) {
            lookAtTables();
        }
    }

    private static boolean concerns(Bell.Ring ring) {
        return switch (ring.topic()) {
            case ANY, BUILD, APP -> true;
            case RELEASE -> !ring.own(); // a supervisor that changes a release looks by itself
            case QUEUE, LOG, INSTANCE, WORKER -> false;
        };
    }

    /// The tables and the engine have both been looked at.
    public boolean ready() {
        return tablesRead && engineRead;
    }

    private void lookAtTables() {
        try {
            refresh();
            if (tablesAway) {
                log.info("the database is back");
                supervisors.values().forEach(supervisor -> supervisor.lookWithin(Duration.ZERO));
            }
            tablesAway = false;
        } catch (DataAccessException | TransactionException e) {
            if (!tablesAway) {
                log.warn("can't read the tables, so apps go on as they are ({})", DatabaseIdentity.reason(e));
            }
            tablesAway = true;
        } catch (RuntimeException e) {
            if (!tasks.isShutdown()) {
                log.error("can't read the tables", e);
            }
        }
    }

    /// Reads the tables and tells the supervisors. Supervisors call it too, after they changed a release.
    private void refresh() {
        // without knowing what runs, everything would seem to be missing
        if (!engineRead) {
            return;
        }
        refreshing.lock();
        try {
            Map<Long, Desired> desired = tables.read();
            if (!tablesRead) {
                // before anybody takes a place
                desired.forEach((id, app) -> world.places().hold(id, JobPlan.underWay(app, Set.of())));
            }
            desired.values()
                    .forEach(app -> supervisor(app.appId(), app.app()).fleet().desire(app));
            supervisors.forEach((id, supervisor) -> {
                if (!desired.containsKey(id)) {
                    supervisor.fleet().desire(Desired.deleted(id));
                }
            });
            if (supervisors.values().removeIf(AppSupervisor::endWhenDone)) {
                images.ring();
            }
            forgetStrangers(desired);
            if (!tablesRead) {
                forgetVanished();
                tablesRead = true;
                images.ring();
            }
        } finally {
            refreshing.unlock();
        }
    }

    /// Routes of apps that were deleted.
    private void forgetStrangers(Map<Long, Desired> desired) {
        Set<String> known = new HashSet<>();
        desired.values().forEach(app -> known.add(app.app()));
        supervisors.values().forEach(supervisor -> known.add(supervisor.fleet().app()));
        List<String> strangers = world.routes().all().stream()
                .map(AppRoute::app)
                .filter(app -> !known.contains(app))
                .toList();
        if (!strangers.isEmpty()) {
            strangers.forEach(world.routes()::remove);
            world.routeFile().save(world.routes());
        }
    }

    private AppSupervisor supervisor(long appId, String app) {
        return supervisors.computeIfAbsent(appId, id -> {
            AppSupervisor supervisor = new AppSupervisor(appId, app, world);
            supervisor.start();
            return supervisor;
        });
    }

    /// Rows of instances that ended while nobody was there to write it down.
    private void forgetVanished() {
        Set<String> present = new HashSet<>();
        supervisors.values().forEach(s -> present.addAll(s.fleet().ids()));
        for (Instance row : instanceStore.running()) {
            if (!present.contains(row.id())) {
                rows.save(row.stopped(Instant.now()));
            }
        }
    }

    private void lookAtEngine() {
        try {
            if (!prepared) {
                engine.prepare();
                prepared = true;
            }
            if (!subscribed) {
                subscribed = true; // it may end before the subscription is known here
                subscribe();
            }
            boolean unwatched = afterGap;
            afterGap = false;
            observe(engine.list(), unwatched);
            if (engineAway) {
                log.info("Docker is back");
            }
            engineAway = false;
        } catch (EngineException e) {
            if (!engineAway) {
                log.warn("{}; apps go on as they are", e.getMessage());
            }
            engineAway = true;
            prepared = false;
            afterGap = true;
        } catch (RuntimeException e) {
            if (!tasks.isShutdown()) {
                log.error("can't look at the engine", e);
            }
        }
    }

    private void subscribe() {
        try {
            events = engine.deaths(this::died, this::eventsEnded);
        } catch (EngineException e) {
            subscribed = false;
            throw e;
        }
    }

    /// @param unwatched for a while nobody told of deaths
    private void observe(List<Container> containers, boolean unwatched) {
        Map<Long, List<Container>> byApp = containers.stream()
                .filter(c -> (c.label(Labels.INSTANCE) != null || c.label(Labels.RUN) != null) && c.appId() != null)
                .collect(Collectors.groupingBy(c -> Objects.requireNonNull(c.appId())));
        byApp.forEach((id, ofApp) -> supervisor(id, nameIn(ofApp)));
        // visitors would feel it if many apps were gone over at the same moment
        Duration apart = unwatched ? Duration.ZERO : LOOK_AT_ENGINE.dividedBy(supervisors.size() + 1);
        Duration pause = Duration.ZERO;
        for (Map.Entry<Long, AppSupervisor> entry : supervisors.entrySet()) {
            List<Container> ofApp = byApp.getOrDefault(entry.getKey(), List.of());
            AppSupervisor supervisor = entry.getValue();
            supervisor.runs().observe(ofApp);
            supervisor.fleet().observe(ofApp, unwatched);
            supervisor.lookWithin(supervisor.runs().all().isEmpty() ? pause : Duration.ZERO);
            pause = pause.plus(apart);
        }
        if (!engineRead) {
            engineRead = true;
            lookAtTables();
        }
    }

    private static String nameIn(List<Container> containers) {
        Container any = containers.getFirst();
        return InstanceIds.app(
                Objects.requireNonNullElseGet(any.label(Labels.INSTANCE), () -> String.valueOf(any.label(Labels.RUN))));
    }

    private void died(String containerId) {
        for (AppSupervisor supervisor : supervisors.values()) {
            if (supervisor.fleet().died(containerId) || supervisor.runs().died(containerId)) {
                return;
            }
        }
    }

    private void eventsEnded() {
        afterGap = true;
        subscribed = false;
        engineRinger.ring();
    }

    /// Leaves all instances running.
    @Override
    public void close() {
        tasks.shutdownNow();
        try {
            rows.close();
            AutoCloseable open = events;
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            log.debug("closing", e);
        }
    }
}
