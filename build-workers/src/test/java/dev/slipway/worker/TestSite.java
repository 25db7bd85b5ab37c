package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.builds.LogChunk;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.engine.ImageTag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/// A home with a database, a registry and workers, for tests on the real engine. Removes the images it made.
final class TestSite implements AutoCloseable {
    static final String ENGINE = "unix:///var/run/docker.sock";

    final Path home;
    final String installation = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final DatabaseSettings direct = TestDatabase.fresh();
    final Database database = Database.open(direct, "test", 0, 4);
    /// The workers' way to the database.
    final TestProxy databaseProxy;
    final BuildStore builds = new BuildStore(database);
    final TinyRegistry registry;
    private final List<AutoCloseable> running = new ArrayList<>();

    TestSite() throws IOException {
        home = Files.createTempDirectory("slipway-worker-test");
        URI url = URI.create(direct.url().substring("jdbc:".length()));
        databaseProxy = new TestProxy(url.getPort());
        registry =
                new TinyRegistry("slipway-worker", MasterKey.loadOrCreate(home).derive("registry/worker"));
    }

    App app(BuildSettings settings) {
        return new AppStore(database)
                .create(new NewApp(
                        new AppName("shop"),
                        new Source.Hosted("main"),
                        settings,
                        ProcessSpec.DEFAULT,
                        new byte[] {1},
                        null));
    }

    TestRepository repository(App app) {
        return new TestRepository(home.resolve("git/" + app.id() + ".git"));
    }

    Build enqueue(App app, String commit) {
        return builds.enqueue(new BuildRequest(
                app.id(),
                BuildCause.PUSH,
                "main",
                new Commit(new CommitId(commit), "Ada <ada@example.com>", "Change", Instant.EPOCH),
                "ada"));
    }

    Map<String, String> environment(String workerId) {
        return Map.of(
                "SLIPWAY_HOME",
                home.toString(),
                "SLIPWAY_BUILD_CACHE_GB",
                "0", // the cache is the machine's
                "SLIPWAY_WORKER_ID",
                workerId,
                "SLIPWAY_INSTALLATION",
                installation,
                "SLIPWAY_PLATFORM_PORT",
                String.valueOf(registry.port()),
                "SLIPWAY_DOCKER",
                "/usr/bin/docker",
                "SLIPWAY_DB_URL",
                direct.url().replaceFirst(":\\d+/", ":" + databaseProxy.port() + "/"),
                "SLIPWAY_DB_USER",
                direct.user(),
                "SLIPWAY_DB_PASSWORD",
                direct.password(),
                "DOCKER_HOST",
                ENGINE);
    }

    /// Starts a worker in this process.
    BuildWorker worker(String id) throws IOException {
        return worker(id, Map.of());
    }

    BuildWorker worker(String id, Map<String, String> otherwise) throws IOException {
        Map<String, String> environment = new HashMap<>(environment(id));
        environment.putAll(otherwise);
        BuildWorker worker = new BuildWorker(WorkerSettings.from(environment));
        Thread thread = Thread.ofPlatform().name(id).start(() -> {
            try (worker) {
                worker.run();
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
        running.add(() -> {
            worker.stop();
            thread.join();
        });
        return worker;
    }

    /// Starts a worker in a process of its own.
    WorkerProcess process(String id) throws IOException {
        WorkerProcess process = new WorkerProcess(environment(id), home.resolve(id + ".log"));
        running.add(process);
        return process;
    }

    /// Waits until a build's command has written a line.
    void awaitLine(Build build, String line) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    assertThat(find(build).state()).as("%s", find(build)).isIn(BuildState.QUEUED, BuildState.RUNNING);
                    return log(build).contains(line);
                });
    }

    Build awaitEnd(Build build) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> find(build), b -> b.state().isFinal());
    }

    Build awaitState(Build build, BuildState state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> find(build), b -> b.state() == state);
    }

    Build find(Build build) {
        return builds.find(build.id()).orElseThrow();
    }

    List<String> log(Build build) {
        return new BuildLog(database)
                .read(build.id(), find(build).attempt(), 0, 10_000).stream()
                        .map(LogChunk::lines)
                        .flatMap(List::stream)
                        .toList();
    }

    @Override
    public void close() throws Exception {
        databaseProxy.mend();
        for (AutoCloseable worker : running) {
            worker.close();
        }
        Engine engine = Engine.at(ENGINE);
        for (String repository :
                List.of("slipway-" + installation + "/shop", "127.0.0.1:" + registry.port() + "/shop")) {
            for (ImageTag tag : engine.tags(repository, "dev.slipway.installation=" + installation)) {
                engine.untag(tag);
            }
        }
        registry.close();
        databaseProxy.close();
        database.close();
        try (var files = Files.walk(home)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
