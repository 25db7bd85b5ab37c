package dev.slipway.ui.preview;

import dev.slipway.db.Database;
import dev.slipway.db.access.UserStore;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.builds.LogPruning;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.source.DeliveryStore;
import dev.slipway.db.testing.StoredImage;
import dev.slipway.db.workers.WorkerStore;
import dev.slipway.platform.Home;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rows as the other programs would write them, by the same stores.
public final class SampleData {
    private static final String ANNA = "Anna Bergström <anna@example.com>";
    private static final String BEN = "Ben Okafor <ben@example.com>";

    private final Database database;
    private final MasterKey key;
    private final Home home;
    private final AppStore apps;
    private final BuildStore builds;
    private final BuildQueue queue;
    private final BuildLog log;
    private final ReleaseStore releases;
    private final InstanceStore instances;
    private int commits;

    public SampleData(Database database, MasterKey key, Home home) {
        this.database = database;
        this.key = key;
        this.home = home;
        this.apps = new AppStore(database);
        this.builds = new BuildStore(database);
        this.queue = new BuildQueue(database);
        this.log = new BuildLog(database);
        this.releases = new ReleaseStore(database);
        this.instances = new InstanceStore(database);
    }

    public boolean isEmpty() {
        return apps.all().isEmpty();
    }

    public void user(String name, String bcryptHash) {
        new UserStore(database).createIfAbsent(name, bcryptHash);
    }

    /// A handful of apps in different states.
    public void everything() {
        WorkerStore workers = new WorkerStore(database);
        workers.register("w1", 4711, "build-1");
        workers.register("w2", 4712, "build-1");
        App shop = hosted("shop", new ProcessSpec(8000, "/healthz", 512, 1000, 512, 60, 30));
        live(succeeded(shop, "Add a basket to the shop", ANNA, 42));
        live(succeeded(
                shop, "Show prices with tax in the basket, and round them the way the accountants want it", BEN, 38));
        live(succeeded(shop, "Faster search", ANNA, 35));
        live(succeeded(shop, "Fix: empty baskets can't be ordered", ANNA, 31));
        App blog = watched("blog", "https://github.com/example/blog.git");
        live(succeeded(blog, "First post", BEN, 12));
        failed(blog, "Upgrade to Node 22", BEN);
        new DeliveryStore(database)
                .record(
                        blog.id(),
                        "8d7c1a2e-7d3a-11ef-9d2c-0242ac120002",
                        "push",
                        202,
                        "main moved to 4be2f1aa; fetching");
        new DeliveryStore(database)
                .record(
                        blog.id(),
                        "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                        "push",
                        401,
                        "The signature doesn't fit this app's secret");
        newsletter();
        hosted("landing-page", ProcessSpec.DEFAULT);
        App api = hosted("payments-api", ProcessSpec.DEFAULT);
        live(succeeded(api, "Idempotency keys", ANNA, 64));
        unhealthy(succeeded(api, "Read the port from the environment", BEN, 61));
        new SampleDomains(database, key).of(shop);
        new SampleVolumes(database).of(shop);
        new SampleCommands(database).of(shop);
        new SampleDoors(database).maintenance(api);
        new SampleDrains(database).of(shop);
        App search = hosted("search", ProcessSpec.DEFAULT);
        failed(search, "Index in the background", ANNA);
        backdate();
    }

    /// An app with workers, one of which dies again and again, and whose last migration failed.
    private void newsletter() {
        App app = hosted("newsletter", ProcessSpec.DEFAULT);
        ProcessSpec worker = new ProcessSpec(
                null, null, 256, 500, 128, 60, 120, Words.split("bin/send --queue mail"), null, null, null);
        Processes processes = new Processes(
                app.processes().web(),
                new TreeMap<>(Map.of("clock", worker, "sender", worker)),
                new ReleaseCommand(Words.split("bin/rails db:migrate"), 600));
        apps.update(app.id(), app.source(), app.build(), processes);
        apps.setInstances(app.id(), "sender", 2);
        Release release = succeeded(app, "Send in batches", ANNA, 25);
        live(release);
        instances.save(worker(release, "sender", "k3m9x2ab", Instance.State.HEALTHY, null));
        instances.save(worker(
                release,
                "clock",
                "h7d2p9qr",
                Instance.State.FAILED,
                new Instance.Restart(5, Instant.now().plusSeconds(3600))));
        Release failed = succeeded(app, "Unsubscribe with one click", BEN, 27);
        RunStore runs = new RunStore(database);
        Run run = runs.ofReleases(List.of(failed.id())).getFirst();
        String said =
                "== 20261127093012 AddTokenToSubscribers: migrating\nPG::DuplicateColumn: ERROR: column \"token\" exists already\n";
        String message = "The release command (bin/rails db:migrate) exited with code 1. Last lines:\n" + said.strip();
        releases.start(failed);
        runs.start(run);
        runs.fail(run, new RunStore.Failure(RunReason.EXITED, message, 1), said);
        releases.fail(failed, ReleaseReason.RELEASE_COMMAND_FAILED, message);
    }

    private static Instance worker(
            Release release, String type, String id, Instance.State state, Instance.@Nullable Restart restart) {
        Instant now = Instant.now();
        return new Instance(
                "newsletter-" + release.number() + "." + type + "-" + id,
                release.appId(),
                release.id(),
                null,
                state,
                restart == null ? null : "EXITED",
                restart == null
                        ? null
                        : "restarting in 16 s, 5th time. It exited with code 1. Last lines:\nConnecting to redis://cache:6379\nError: getaddrinfo ENOTFOUND cache",
                "c" + id,
                null,
                null,
                now,
                restart == null ? now : null,
                restart == null ? null : now,
                type,
                restart);
    }

    public App hosted(String name, ProcessSpec process) {
        return create(name, new Source.Hosted("main"), process);
    }

    public App watched(String name, String url) {
        return create(name, new Source.Watched(url, "main", 60), ProcessSpec.DEFAULT);
    }

    private App create(String name, Source source, ProcessSpec process) {
        App app = apps.create(new NewApp(
                new AppName(name),
                source,
                new BuildSettings("", "Dockerfile", null, Map.of("NODE_ENV", "production"), 1800),
                process,
                key.encrypt("webhook", "0f3c7d1e9a5b2846"),
                null));
        new EventLog(database).app(app.id(), EventKind.APP_CREATED, "admin", "App " + name + " created");
        return app;
    }

    /// A queued build.
    public Build queued(App app, String message, String author) {
        Commit commit = new Commit(
                new CommitId(hex("commit" + app.name() + commits++).substring(0, 40)), author, message, Instant.now());
        return builds.enqueue(
                new BuildRequest(app.id(), BuildCause.PUSH, "main", commit, author.substring(0, author.indexOf(' '))));
    }

    public BuildQueue.Claim running(App app, String message, String author) {
        queued(app, message, author);
        return queue.claim("w1").orElseThrow();
    }

    /// A build that made an image and its pending release.
    public Release succeeded(App app, String message, String author, int seconds) {
        built(app, message, author, seconds);
        return releases.inState(app.id(), ReleaseState.PENDING).getFirst();
    }

    /// A build that made an image.
    public void built(App app, String message, String author, int seconds) {
        BuildQueue.Claim claim = running(app, message, author);
        steps(claim, null);
        log.append(claim, 0, SampleLog.lines(60));
        StoredImage images =
                new StoredImage(database, home.registry(), app.name().value());
        BuildOutcome.Succeeded image = images.store(
                "config " + claim.build().id(),
                "base",
                "dependencies",
                "files " + claim.build().id());
        queue.finish(
                claim, new BuildOutcome.Succeeded(image.digest(), image.imageId(), 84_512_113, image.exposedPort()));
        database.jdbc()
                .sql("UPDATE builds SET started_at = finished_at - :s * interval '1 second' WHERE id = :id")
                .param("s", seconds)
                .param("id", claim.build().id())
                .update();
    }

    /// From the app's next build on.
    public void releaseCommand(App app, String command) {
        Processes processes = new Processes(
                app.processes().web(), app.processes().others(), new ReleaseCommand(Words.split(command), 600));
        apps.update(app.id(), app.source(), app.build(), processes);
    }

    public void live(Release release) {
        releases.start(release);
        RunStore runs = new RunStore(database);
        runs.ofReleases(List.of(release.id())).forEach(run -> {
            runs.start(run);
            runs.succeed(run, "== 20261127 AddGiftCards: migrated (0.04 s)\n");
        });
        releases.inState(release.appId(), ReleaseState.LIVE)
                .forEach(old -> instances
                        .ofRelease(old.id())
                        .forEach(i -> instances.save(instance(old, i.id(), Instance.State.STOPPED, null))));
        instances.save(instance(release, "i" + release.id() + "a", Instance.State.SERVING, null));
        releases.goLive(release);
    }

    private void unhealthy(Release release) {
        releases.start(release);
        String message =
                "Nothing answered on port 8000 within 60 s. Last lines:\nStarting server\nError: DATABASE_URL is not set";
        instances.save(instance(release, "i" + release.id() + "a", Instance.State.FAILED, message));
        releases.fail(release, ReleaseReason.NOT_LISTENING, message);
    }

    private Instance instance(Release release, String id, Instance.State state, @Nullable String message) {
        boolean ended = state == Instance.State.STOPPED || state == Instance.State.FAILED;
        return new Instance(
                id,
                release.appId(),
                release.id(),
                null,
                state,
                message == null ? null : "NOT_LISTENING",
                message,
                "c" + id,
                "172.20.0.5",
                8000,
                Instant.now(),
                ended ? null : Instant.now(),
                ended ? Instant.now() : null);
    }

    public void failed(App app, String message, String author) {
        BuildQueue.Claim claim = running(app, message, author);
        steps(claim, "[4/6] RUN npm ci --omit=dev");
        List<String> lines = new ArrayList<>(SampleLog.lines(140));
        lines.addAll(SampleLog.failure());
        log.append(claim, 0, lines);
        queue.finish(
                claim,
                new BuildOutcome.Failed(
                        BuildReason.STEP_FAILED,
                        "Dockerfile line 9 failed with exit code 1: RUN npm ci --omit=dev",
                        9,
                        1));
    }

    /// The usual steps; `failing` is the name of the one that fails, after which there are none.
    /// As if the app had been built so often since that the logs of its builds are gone.
    public void longAgo(App app) {
        database.jdbc()
                .sql("UPDATE apps SET last_build = last_build + :kept WHERE id = :id")
                .param("kept", LogPruning.KEPT)
                .param("id", app.id())
                .update();
        new LogPruning(database).prune(app.id());
    }

    public void steps(BuildQueue.Claim claim, @Nullable String failing) {
        List<String> names = List.of(
                "[internal] load build definition from Dockerfile",
                "[1/6] FROM docker.io/library/node:20-slim",
                "[2/6] WORKDIR /app",
                "[3/6] COPY package.json package-lock.json ./",
                "[4/6] RUN npm ci --omit=dev",
                "[5/6] COPY . .",
                "[6/6] RUN npm run build",
                "exporting to image");
        int number = 1;
        for (String name : names) {
            boolean fails = name.equals(failing);
            BuildStep.State state = fails
                    ? BuildStep.State.FAILED
                    : number >= 2 && number <= 4 ? BuildStep.State.CACHED : BuildStep.State.DONE;
            log.step(
                    claim,
                    new BuildStep(
                            number,
                            name,
                            state,
                            Instant.now(),
                            state == BuildStep.State.CACHED ? 0L : 1_234L * number * number % 23_000));
            number++;
            if (fails) {
                return;
            }
        }
    }

    /// Spreads what was just written over the past days.
    private void backdate() {
        List<Long> ids = database.jdbc()
                .sql("SELECT id FROM builds ORDER BY id DESC")
                .query(Long.class)
                .list();
        Duration age = Duration.ofMinutes(7);
        for (Long id : ids) {
            database.jdbc()
                    .sql("""
                    UPDATE builds SET queued_at = queued_at - :age * interval '1 second', started_at = started_at - :age * interval '1 second',
                      finished_at = finished_at - :age * interval '1 second' WHERE id = :id""")
                    .param("age", age.toSeconds())
                    .param("id", id)
                    .update();
            database.jdbc()
                    .sql("""
                    UPDATE releases SET created_at = created_at - :age * interval '1 second', live_at = live_at - :age * interval '1 second'
                    WHERE image_id IN (SELECT id FROM images WHERE build_id = :id)""")
                    .param("age", age.toSeconds())
                    .param("id", id)
                    .update();
            age = age.multipliedBy(2).plusMinutes(11);
        }
        database.jdbc()
                .sql("UPDATE apps SET created_at = created_at - interval '40 days' WHERE name <> 'landing-page'")
                .update();
    }

    private static String hex(String seed) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
