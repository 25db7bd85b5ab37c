package dev.slipway.runtime;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.runtime.engine.DockerEngine;
import dev.slipway.runtime.rollout.Reconciler;
import dev.slipway.runtime.router.Router;
import dev.slipway.runtime.router.Routes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Program 3: starts the router with the last known routes, then the reconciler. Instances outlive it.
public final class RuntimeTier {
    private static final Logger log = LoggerFactory.getLogger(RuntimeTier.class);
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 4;

    private RuntimeTier() {}

    public static void main(String[] arguments) {
        try {
            run(RuntimeSettings.fromEnvironment(System.getenv()));
        } catch (IllegalStateException e) {
            log.error("the runtime tier can't start: {}", e.getMessage());
            System.exit(1);
        }
    }

    private static void run(RuntimeSettings settings) {
        MasterKey key = MasterKey.loadOrCreate(settings.home());
        Database database = Database.open(settings.database(), "runtime", 0, CONNECTIONS);
        DockerEngine engine = new DockerEngine(settings.docker(key.derive("registry/runtime")));
        Routes routes = new Routes();
        Reconciler reconciler = new Reconciler(
                engine,
                database,
                key,
                routes,
                settings.home(),
                settings.frontDoor().domain());
        reconciler.restoreRoutes();
        Router router = Router.start(settings.frontDoor(), routes);
        reconciler.start();
        Bell bell = new Bell(settings.database(), database, "runtime", Reconciler.LOOK);
        bell.onRing(reconciler::rung);
        bell.start();
        OwnPort ownPort = OwnPort.start(settings.ownPort(), reconciler, key.derive("runtime/logs"));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            log.info("stopping; instances go on");
                            router.drain(LAST_REQUESTS);
                            bell.close();
                            reconciler.close();
                            ownPort.close();
                            router.close();
                            engine.close();
                            database.close();
                        },
                        "stop"));
    }
}
