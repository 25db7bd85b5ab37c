package dev.slipway.runtime.testing;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.DatabaseIdentity;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.NewRelease;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.testing.FreePort;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.db.volumes.MountPath;
import dev.slipway.db.volumes.Mounting;
import dev.slipway.db.volumes.Volume;
import dev.slipway.db.volumes.VolumeName;
import dev.slipway.db.volumes.VolumeStore;
import dev.slipway.runtime.domains.FrontKeeper;
import dev.slipway.runtime.engine.DockerEngine;
import dev.slipway.runtime.engine.DockerSettings;
import dev.slipway.runtime.engine.ImageSource;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.rollout.Reconciler;
import dev.slipway.runtime.rollout.RolloutSettings;
import dev.slipway.runtime.router.FrontDoorSettings;
import dev.slipway.runtime.router.Router;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.storage.VolumeKeeper;
import dev.slipway.runtime.terminal.TerminalSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// The runtime tier on a real PostgreSQL and a real Docker, under an installation id of its own; what workers
/// do is done by hand.
public final class TestPlatform implements AutoCloseable {
    public static final ProcessSpec PROCESS = new ProcessSpec(null, null, 64, 500, 64, 20, 5);

    public final String installation =
            "test" + UUID.randomUUID().toString().replace("-", "").substring(0, 8);
    public final DatabaseSettings databaseSettings = TestDatabase.fresh();
    public final Database database = Database.open(databaseSettings, "test", 0, 8);
    public final ReleaseStore releases = new ReleaseStore(database);
    public final AppStore apps = new AppStore(database);
    public final BuildStore builds = new BuildStore(database);
    public final BuildQueue queue = new BuildQueue(database);
    public final InstanceStore instances = new InstanceStore(database);
    public final VolumeStore volumes = new VolumeStore(database);
    public final MasterKey key = MasterKey.ephemeral();
    public final Path home;
    public final int port = FreePort.take();
    /// What the runtime tier reaches its database and its engine through.
    public final Cable databaseCable;
    public final Cable engineCable;
    /// Has no images but those that a test makes in it.
    public final TestRegistry registry;
    private final HttpClient http = HttpClient.newHttpClient();

    static {
        // not every resolver knows that *.localhost is this machine
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final Duration standby;
    private final long standbyBytes;
    private final int mostCommands;
    private Running running;

    private record Running(
            DockerEngine engine,
            Router router,
            Reconciler reconciler,
            VolumeKeeper keeper,
            Bell bell,
            Database database) {
        void close(boolean orderly) {
            bell.close();
            keeper.close();
            reconciler.close();
            if (orderly) {
                router.drain(Duration.ofSeconds(2));
            }
            router.close();
            engine.close();
            database.close();
        }
    }

    public TestPlatform() throws IOException {
        this(Duration.ZERO, 0);
    }

    /// @param standby how long releases are kept frozen, with so much memory
    public TestPlatform(Duration standby, long standbyBytes) throws IOException {
        this(standby, standbyBytes, 10);
    }

    /// @param mostCommands run at the same time
    public TestPlatform(Duration standby, long standbyBytes, int mostCommands) throws IOException {
        this.mostCommands = mostCommands;
        this.standby = standby;
        this.standbyBytes = standbyBytes;
        databaseCable = Cable.tcp(Integer.parseInt(databaseSettings.url().replaceFirst(".*:(\\d+)/.*", "$1")));
        engineCable = Cable.unix(Path.of("/var/run/docker.sock"));
        registry = new TestRegistry();
        home = Files.createTempDirectory("slipway-test-home");
        DatabaseIdentity.remember(database, home);
        start();
    }

    public void start() {
        DockerEngine engine = new DockerEngine(new DockerSettings(
                "unix://" + engineCable.path(), installation, registry.address(), "slipway-runtime", "secret"));
        DatabaseSettings settings = new DatabaseSettings(
                        databaseSettings.url().replaceFirst(":\\d+/", ":" + databaseCable.port() + "/"),
                        databaseSettings.user(),
                        databaseSettings.password())
                .of(home);
        Database itsDatabase = Database.open(settings, "runtime", 0, 6);
        Routes routes = new Routes();
        Reconciler reconciler = new Reconciler(
                engine,
                itsDatabase,
                key,
                routes,
                new RolloutSettings(home, "localhost", standby, standbyBytes, mostCommands));
        reconciler.restoreRoutes();
        FrontKeeper front = new FrontKeeper(itsDatabase, key, routes, home, "localhost");
        front.restore();
        Router router = Router.start(
                new FrontDoorSettings("127.0.0.1", port, "localhost", 1, FrontDoorSettings.Limits.DEFAULT), routes);
        reconciler.start();
        VolumeKeeper keeper = new VolumeKeeper(engine, itsDatabase).start();
        Bell bell = new Bell(settings, itsDatabase, "runtime", Reconciler.LOOK_AT_TABLES);
        bell.onRing(front::rung);
        bell.onRings(reconciler::rung);
        bell.onRing(keeper::rung);
        bell.start();
        running = new Running(engine, router, reconciler, keeper, bell, itsDatabase);
    }

    public DockerEngine engine() {
        return running.engine();
    }

    /// Of a command that runs.
    public Optional<String> outputSoFar(App app, long run) {
        return running.reconciler().outputSoFar(app.id(), run);
    }

    public TerminalSource terminalSource() {
        return running.reconciler();
    }

    /// Of the same installation, while the runtime tier is down.
    public DockerEngine anotherEngine() {
        DockerEngine engine = new DockerEngine(new DockerSettings(
                "unix:///var/run/docker.sock", installation, registry.address(), "slipway-runtime", "secret"));
        engine.prepare();
        return engine;
    }

    /// Requests in flight at the app's present targets.
    public int inFlight(String app) {
        return running.router().routes().of(app).stream()
                .flatMap(r -> r.targets().stream())
                .mapToInt(dev.slipway.runtime.router.Target::inFlight)
                .sum();
    }

    public boolean ready() {
        return running.reconciler().ready();
    }

    /// Ends the runtime tier as abruptly as is possible within a process; instances stay.
    public void kill() {
        running.close(false);
    }

    public App app(String name, ProcessSpec web) {
        return app(name, Processes.of(web));
    }

    public App app(String name, Processes processes) {
        return apps.create(new NewApp(
                new AppName(name), new Source.Hosted("main"), BuildSettings.DEFAULT, processes, new byte[] {1}, null));
    }

    /// Mounted by web, which writes it.
    public Volume volume(App app, String name, String path) {
        return volumes.create(
                new VolumeStore.Owner(app.id(), app.name().value(), new VolumeName(name)),
                new Mounting(new MountPath(path), Processes.WEB, List.of()),
                "ada");
    }

    /// Names that the engine has.
    public List<String> storage() {
        return TestImages.docker()
                .listVolumesCmd()
                .withFilter("label", List.of(Labels.INSTALLATION + "=" + installation))
                .exec()
                .getVolumes()
                .stream()
                .map(com.github.dockerjava.api.command.InspectVolumeResponse::getName)
                .toList();
    }

    /// Requests that wait for the app.
    public int waiting(String app) {
        return running.router().routes().waiting(app);
    }

    /// What a worker does: claims a new build of the app.
    public BuildQueue.Claim claim(App app) {
        builds.enqueue(new BuildRequest(
                app.id(),
                BuildCause.PUSH,
                "main",
                new Commit(new CommitId("1".repeat(40)), "Ada <ada@example.com>", "Change", Instant.EPOCH),
                "ada"));
        return queue.claim("w1").orElseThrow();
    }

    /// A build of this image that succeeds at once; the release it makes.
    public Release release(App app, Digest image, @org.jspecify.annotations.Nullable Integer exposedPort) {
        return succeed(claim(app), image, exposedPort);
    }

    public Release succeed(
            BuildQueue.Claim claim, Digest image, @org.jspecify.annotations.Nullable Integer exposedPort) {
        return succeed(claim, new ImageSource(image, "", new Digest("sha256:" + "0".repeat(64))), exposedPort);
    }

    /// @param image in the registry, if nowhere else
    public Release succeed(
            BuildQueue.Claim claim, ImageSource image, @org.jspecify.annotations.Nullable Integer exposedPort) {
        Digest digest = java.util.Objects.requireNonNull(image.digest());
        queue.finish(claim, new BuildOutcome.Succeeded(digest, image.imageId(), 1, exposedPort));
        return newest(claim.build().appId());
    }

    public Release rollback(Release to) {
        return releases.create(NewRelease.rollback(to, "ada"));
    }

    public Release newest(long appId) {
        return releases.ofApp(appId, Integer.MAX_VALUE, 1).getFirst();
    }

    public Release awaitState(Release release, ReleaseState state) {
        await().until(() -> releases.find(release.id()).orElseThrow().state(), s -> s == state || s.isFinal());
        Release now = releases.find(release.id()).orElseThrow();
        if (now.state() != state) {
            throw new AssertionError(
                    "release " + now.number() + " is " + now.state() + ": " + now.reason() + " " + now.message());
        }
        return now;
    }

    public static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }

    /// GET through the front door.
    public HttpResponse<String> get(String app, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Host", app + ".localhost:" + port)
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// The only instance of a live app. Its row is written in the background, and may come after the release's.
    public Instance servingInstanceOf(App app) {
        return await()
                .until(
                        () -> instancesOf(app),
                        all -> all.stream()
                                        .filter(instance -> instance.state() == Instance.State.SERVING)
                                        .count()
                                == 1)
                .stream()
                .filter(instance -> instance.state() == Instance.State.SERVING)
                .findFirst()
                .orElseThrow();
    }

    public List<Instance> instancesOf(App app) {
        return instances.ofApp(app.id(), 100);
    }

    /// Sets a config version of the app: a JSON object.
    public void config(App app, int version, String environment) {
        new ConfigStore(database)
                .add(app.id(), version, key.encrypt("config/" + app.id() + "/" + version, environment), "ada");
    }

    public List<com.github.dockerjava.api.model.Container> containersOf(App app) {
        return containers().stream()
                .filter(c -> Long.toString(app.id()).equals(c.getLabels().get(Labels.APP)))
                .toList();
    }

    public List<com.github.dockerjava.api.model.Container> containers() {
        return TestImages.docker()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.INSTALLATION, installation))
                .exec();
    }

    private void closeCables() {
        try (var files = Files.walk(home)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
            databaseCable.close();
            engineCable.close();
            registry.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(String container) {
        try {
            TestImages.docker().removeContainerCmd(container).withForce(true).exec();
        } catch (NotFoundException | ConflictException beingRemoved) {
            // the runtime tier had begun to
        }
    }

    @Override
    public void close() {
        running.close(true);
        closeKilled();
    }

    /// After [#kill]: takes away what is left.
    public void closeKilled() {
        closeCables();
        await().until(() -> {
            containers().forEach(container -> remove(container.getId()));
            return containers().isEmpty();
        });
        storage().forEach(volume -> TestImages.docker().removeVolumeCmd(volume).exec());
        for (var network : TestImages.docker()
                .listNetworksCmd()
                .withNameFilter("slipway-" + installation)
                .exec()) {
            TestImages.docker().removeNetworkCmd(network.getId()).exec();
        }
        database.close();
    }
}
