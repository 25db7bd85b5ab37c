package dev.slipway.runtime;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.runtime.domains.FrontKeeper;
import dev.slipway.runtime.drains.DrainEndpoint;
import dev.slipway.runtime.drains.Drains;
import dev.slipway.runtime.engine.DockerEngine;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.WatchedEngine;
import dev.slipway.runtime.handover.Handover;
import dev.slipway.runtime.handover.Parting;
import dev.slipway.runtime.logs.AccessBook;
import dev.slipway.runtime.logs.AppLogs;
import dev.slipway.runtime.logs.Followers;
import dev.slipway.runtime.logs.LogEndpoint;
import dev.slipway.runtime.metrics.Metrics;
import dev.slipway.runtime.metrics.MetricsEndpoint;
import dev.slipway.runtime.rollout.Reconciler;
import dev.slipway.runtime.router.InheritedSockets;
import dev.slipway.runtime.router.Router;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.storage.VolumeKeeper;
import dev.slipway.runtime.terminal.TerminalEndpoint;
import dev.slipway.runtime.terminal.TerminalLimits;
import dev.slipway.runtime.terminal.Terminals;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Program 3: takes over from the run before it, starts the router with the last known routes, then the
/// reconciler. Instances outlive it.
public final class RuntimeTier implements Parting {
    private static final Logger log = LoggerFactory.getLogger(RuntimeTier.class);
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(10);
    /// Of a run that another has followed: a `git push` may wait for its build.
    private static final Duration LONG_REQUESTS = Duration.ofMinutes(30);

    private static final Duration LEAVING = Duration.ofSeconds(10);
    private static final Duration FOLLOWING = Duration.ofMillis(100);
    private static final int CONNECTIONS = 4;

    private final RuntimeSettings settings;
    private final MasterKey key;
    private final Database database;
    private final AppLogs logs;
    private final AppLogs requests;
    private final AccessBook accessBook;
    private final Drains drains;
    private final Followers followers;
    private final Metrics metrics;
    private final Engine engine;
    private final Terminals terminals;
    private final Routes routes;
    private final Reconciler reconciler;
    private final Router router;
    private final CompletableFuture<Void> before;
    private final VolumeKeeper volumes;
    private final Bell bell;
    private final OwnPort ownPort;
    /// For which apps requests wait at the run before this one, since another has followed this one.
    private final Set<String> knocks = ConcurrentHashMap.newKeySet();
    private volatile boolean followed;

    private RuntimeTier(RuntimeSettings settings) {
        this.settings = settings;
        this.key = MasterKey.loadOrCreate(settings.home());
        this.database = Database.open(settings.database(), "runtime", 0, CONNECTIONS);
        this.logs = new AppLogs(settings.home(), settings.logs());
        this.requests = AppLogs.ofRequests(settings.home(), settings.logs());
        this.accessBook = new AccessBook(requests);
        Engine docker = new DockerEngine(settings.docker(key.derive("registry/runtime")));
        this.drains = new Drains(settings.drains(), database, key, logs, requests);
        this.followers = new Followers(docker, logs);
        this.routes = new Routes(settings.hold());
        routes.accessLog(accessBook);
        this.metrics = new Metrics(settings.home(), docker, routes.traffic());
        this.terminals = new Terminals(docker, TerminalLimits.DEFAULT);
        this.engine = new WatchedEngine(docker, List.of(followers, metrics, terminals));
        this.reconciler = new Reconciler(engine, database, key, routes, settings.rollout());
        this.volumes = new VolumeKeeper(engine, database);
        FrontKeeper front = new FrontKeeper(
                database, key, routes, settings.home(), settings.frontDoor().domain());
        Handover handover = Handover.begin(settings.meetingPlace());
        reconciler.restoreRoutes();
        front.restore();
        this.before = handover.predecessor().gone();
        routes.follow(before);
        this.router = Router.start(settings.frontDoor(), routes, InheritedSockets.of(settings.door()));
        handover.predecessor().leave(line -> LastRequests.learn(line, this::knocked, routes, accessBook));
        reconciler.start();
        volumes.start();
        this.bell = listen(front);
        this.ownPort = OwnPort.start(settings.ownPort(), reconciler::ready, resources(), key.derive("runtime/logs"));
        terminals.start(reconciler);
        metrics.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        handover.awaitSuccessor(this);
        handover.sayReady();
    }

    private Bell listen(FrontKeeper front) {
        Bell rings = new Bell(settings.database(), database, "runtime", Reconciler.LOOK_AT_TABLES);
        rings.onRing(front::rung);
        rings.onRings(reconciler::rung);
        rings.onRing(volumes::rung);
        rings.onRing(drains::rung);
        rings.onRing(new Sweep(
                database,
                List.of(
                        logs::keepOnly,
                        accessBook::keepOnly,
                        requests::keepOnly,
                        metrics::keepOnly,
                        terminals::keepOnly))::rung);
        return rings.start();
    }

    private OwnPort.Resources resources() {
        return new OwnPort.Resources(
                new LogEndpoint(logs, requests),
                new MetricsEndpoint(metrics),
                new DrainEndpoint(drains),
                new TerminalEndpoint(terminals),
                new RunOutputEndpoint(reconciler::outputSoFar));
    }

    public static void main(String[] arguments) {
        try {
            new RuntimeTier(RuntimeSettings.fromEnvironment(System.getenv()));
        } catch (IllegalStateException e) {
            log.error("the runtime tier can't start: {}", e.getMessage());
            System.exit(1);
        }
    }

    @Override
    public void stopReconciling() {
        bell.close();
        reconciler.close();
        volumes.close();
        // who looks at one is told over the own port
        terminals.close();
        ownPort.close();
        // the next run goes on where logs and metrics end
        engine.close();
        followers.close();
        drains.close();
        logs.close();
        accessBook.close();
        requests.close();
        metrics.close();
    }

    @Override
    public void leaveDoor() {
        followed = true;
        Thread.ofVirtual().name("waiting-requests").start(this::followRoutes);
        router.leave(LEAVING);
    }

    /// A request waits for an app at the run before. It says so again and again.
    private void knocked(String app) {
        if (followed) {
            knocks.add(app);
        } else {
            routes.knock(app);
        }
    }

    @Override
    public String news() {
        Set<String> told = Set.copyOf(knocks);
        knocks.removeAll(told);
        return LastRequests.take(routes, told, accessBook).line();
    }

    /// Requests that wait here go on when the next run's routes say so.
    private void followRoutes() {
        try {
            while (true) {
                Thread.sleep(FOLLOWING);
                if (routes.waiting() > 0) {
                    reconciler.restoreRoutes();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void awaitLastAnswer() {
        router.awaitLastAnswer(LONG_REQUESTS);
        // the next run asks only this one whether an instance still has visitors
        before.completeOnTimeout(null, LONG_REQUESTS.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void end() {
        System.exit(0);
    }

    private void stop() {
        log.info("stopping; instances go on");
        router.drain(LAST_REQUESTS);
        stopReconciling();
        router.close();
        database.close();
    }
}
