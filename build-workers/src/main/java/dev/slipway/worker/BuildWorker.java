package dev.slipway.worker;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Migrations;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.workers.WorkerStore;
import dev.slipway.worker.attempt.LogLimits;
import dev.slipway.worker.attempt.Workplace;
import dev.slipway.worker.context.ContextLimits;
import dev.slipway.worker.context.GitSettings;
import dev.slipway.worker.engine.Credentials;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.engine.Registry;
import dev.slipway.worker.process.LeftOver;
import dev.slipway.worker.process.StepLimiter;
import dev.slipway.worker.process.StepLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The worker's process: one build at a time, until SIGTERM. It can be killed at any moment; another worker (or
/// its successor) then does the build again.
public final class BuildWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BuildWorker.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Workplace place;
    private final Database database;
    private final Bell bell;
    private final BuildQueue queue;
    private final WorkerStore workers;
    private final Heartbeat heartbeat;
    private final ClaimLoop loop;

    BuildWorker(WorkerSettings settings) throws IOException {
        this.database = Database.open(settings.database(), "worker-" + settings.workerId(), 0, 3);
        this.place = workplace(settings, database);
        this.bell = new Bell(settings.database(), database, "worker-" + settings.workerId(), BuildQueue.HEARTBEAT);
        this.queue = new BuildQueue(database);
        this.workers = new WorkerStore(database);
        this.heartbeat = new Heartbeat(settings.workerId(), queue, workers);
        this.loop = new ClaimLoop(
                place,
                queue,
                heartbeat,
                new BuildCache(place.engine(), settings.buildCacheBytes(), InstantSource.system()));
    }

    public static void main(String[] args) throws Exception {
        BuildWorker worker = new BuildWorker(WorkerSettings.from(System.getenv()));
        try (worker) {
            stopOnSignal(worker, Thread.currentThread());
            worker.run();
        }
    }

    private static void stopOnSignal(BuildWorker worker, Thread main) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("sigterm").unstarted(() -> {
            worker.stop();
            try {
                main.join(Duration.ofSeconds(15));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static Workplace workplace(WorkerSettings settings, Database database) throws IOException {
        Path directory = privateDirectory(settings.home().resolve("run").resolve(settings.workerId()));
        MasterKey key = MasterKey.loadOrCreate(settings.home());
        Registry registry = new Registry("127.0.0.1:" + settings.platformPort());
        return new Workplace(
                settings.workerId(),
                settings.installation(),
                settings.home(),
                directory,
                settings.docker(),
                settings.engineEnvironment(),
                database,
                key,
                Engine.at(settings.engine()),
                registry,
                new Credentials("slipway-worker", key.derive("registry/worker"), registry.address()),
                ContextLimits.DEFAULT,
                LogLimits.DEFAULT,
                stepLimits(settings));
    }

    private static Optional<StepLimits> stepLimits(WorkerSettings settings) {
        if (StepLimiter.isPossible(settings.engine())) {
            return Optional.of(settings.stepLimits());
        }
        log.warn("builds run without limits on memory and CPU: that takes root, and an engine on this machine");
        return Optional.empty();
    }

    private static Path privateDirectory(Path path) throws IOException {
        return Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /// Works until [#stop].
    void run() throws InterruptedException, IOException {
        GitSettings.install();
        LeftOver.endAll(place.home().resolve("run"));
        place.sweep();
        WarmUp.run(place);
        Migrations.awaitMigrated(database, PATIENCE);
        arrive();
        bell.onRing(this::onRing);
        bell.start();
        loop.run();
        leave();
    }

    private void arrive() throws IOException {
        workers.register(
                place.workerId(),
                ProcessHandle.current().pid(),
                InetAddress.getLocalHost().getHostName());
        queue.requeueOf(place.workerId());
        log.info("worker {} is ready", place.workerId());
    }

    private void onRing(Bell.Ring ring) {
        switch (ring.topic()) {
            case QUEUE -> loop.look();
            case BUILD -> heartbeat.onBuild(ring.id());
            case ANY -> {
                heartbeat.beat();
                loop.look();
            }
            case LOG, RELEASE, INSTANCE, APP, WORKER -> {}
        }
    }

    private void leave() {
        try {
            workers.leave(place.workerId());
        } catch (DataAccessException e) {
            log.info("left without saying so: {}", e.getMessage());
        }
    }

    /// Ends [#run] soon; the present build is stopped and given back.
    void stop() {
        loop.stop();
    }

    @Override
    public void close() {
        bell.close();
        database.close();
    }
}
