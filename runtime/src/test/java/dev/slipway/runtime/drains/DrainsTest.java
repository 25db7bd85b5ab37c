package dev.slipway.runtime.drains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.addresses.Reachable;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.drains.Drain;
import dev.slipway.db.drains.DrainAddress;
import dev.slipway.db.drains.DrainSettings;
import dev.slipway.db.drains.DrainStore;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.testing.FreePort;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.runtime.logs.AccessBook;
import dev.slipway.runtime.logs.AppLogs;
import dev.slipway.runtime.logs.LogLine;
import dev.slipway.runtime.logs.LogSettings;
import dev.slipway.runtime.router.AccessLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/// Drains on a real database and real sockets; the log is that of requests, which is written by one call.
@Timeout(120)
class DrainsTest {
    private static final DrainSettings WITH_REQUESTS = new DrainSettings(true, false);

    @TempDir
    private Path home;

    private final Database database = Database.open(TestDatabase.fresh(), "test", 0, 4);
    private final MasterKey key = MasterKey.ephemeral();
    private final DrainStore store = new DrainStore(database);
    private App app;
    private AppLogs output;
    private AppLogs requests;
    private AccessBook book;
    private Drains drains;
    private int written;

    @BeforeEach
    void anApp() {
        app = new AppStore(database)
                .create(new NewApp(
                        new AppName("shop"),
                        new Source.Hosted("main"),
                        BuildSettings.DEFAULT,
                        ProcessSpec.DEFAULT,
                        new byte[] {1},
                        null));
        start(1);
    }

    private void start(int megabytes) {
        output = new AppLogs(home, LogSettings.of(megabytes));
        requests = AppLogs.ofRequests(home, LogSettings.of(megabytes));
        book = new AccessBook(requests);
        drains = new Drains(
                new Drains.Settings(home, "plat.test", new Reachable("X", "127.0.0.1"), (SSLSocketFactory)
                        SSLSocketFactory.getDefault()),
                database,
                key,
                output,
                requests);
    }

    @AfterEach
    void stop() {
        drains.close();
        book.close();
        output.close();
        requests.close();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Drain drain(String url) {
        Drain drain = store.create(app.id(), DrainAddress.parse(url), null, WITH_REQUESTS, "ada");
        ring();
        return drain;
    }

    private void ring() {
        drains.rung(new Bell.Ring(Bell.Topic.APP, app.id()));
    }

    private void write(int lines) {
        for (int i = 0; i < lines; i++) {
            book.answered(new AccessLog.Request(
                    app.id(), Instant.now(), "10.0.0.1", "GET", "shop.test", "/" + written++, 200, 1, 1, "shop-1-a"));
        }
    }

    private static List<String> paths(Collector collector, int count) throws InterruptedException {
        List<String> paths = new ArrayList<>();
        while (paths.size() < count) {
            paths.add(collector.taken.take().replaceAll("(?s).*shop\\.test(/[0-9]+) .*", "$1"));
        }
        return paths;
    }

    private DrainHealth health(Drain drain) {
        return drains.health(app.id()).stream()
                .filter(health -> health.id() == drain.id())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void linesArriveInTheirOrderAndNotTwiceAfterARestart() throws Exception {
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, Collector::syslog)) {
            Drain drain = drain("syslog+tcp://127.0.0.1:" + collector.port());
            write(500);
            List<String> expected = java.util.stream.IntStream.range(0, 500)
                    .mapToObj(i -> "/" + i)
                    .toList();
            assertThat(paths(collector, 500)).isEqualTo(expected);
            await().untilAsserted(() -> assertThat(health(drain).lines()).isEqualTo(500));
            assertThat(health(drain).error()).isNull();
            assertThat(health(drain).deliveredAt()).isNotNull();
            stop();
            start(1);
            ring();
            write(1);
            assertThat(paths(collector, 1)).containsExactly("/500");
        }
    }

    @Test
    void whatCannotBeSentIsSentLaterAndHoldsUpNobodyElse() throws Exception {
        int port = FreePort.take();
        try (Collector other = new Collector(ServerSocketFactory.getDefault(), 0, Collector::syslog)) {
            Drain away = drain("syslog+tcp://127.0.0.1:" + port);
            drain("syslog+tcp://127.0.0.1:" + other.port());
            write(3);
            assertThat(paths(other, 3)).containsExactly("/0", "/1", "/2");
            await().untilAsserted(
                            () -> assertThat(health(away).error()).contains("127.0.0.1:" + port + " can't be reached"));
            assertThat(health(away).failingSince()).isNotNull();
            try (Collector back = new Collector(ServerSocketFactory.getDefault(), port, Collector::syslog)) {
                assertThat(paths(back, 3)).containsExactly("/0", "/1", "/2");
                await().untilAsserted(() -> assertThat(health(away).error()).isNull());
            }
        }
    }

    @Test
    void whatIsTooMuchAtOnceIsSentInPartsAndALineThatIsTooLongIsLeftOut() throws Exception {
        Collector.Script small =
                Collector.http(head -> contentLength(head) > 1_000 ? "413 Content Too Large" : "200 OK");
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, small)) {
            Drain drain = drain("http://127.0.0.1:" + collector.port() + "/logs");
            write(100);
            book.answered(new AccessLog.Request(
                    app.id(),
                    Instant.now(),
                    "10.0.0.1",
                    "GET",
                    "shop.test",
                    "/" + "x".repeat(1_500),
                    200,
                    1,
                    1,
                    "shop-1-a"));
            write(20);
            book.write();
            await().until(() -> health(drain).lines() == 120);
            assertThat(health(drain).lostBytes()).isGreaterThan(1_500);
            assertThat(health(drain).error()).isNull();
        }
    }

    private static int contentLength(String head) {
        return Integer.parseInt(head.replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1"));
    }

    @Test
    void oneThatCannotBeginHoldsUpNobodyElse() throws Exception {
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, Collector::syslog)) {
            byte[] ofAnotherKey = MasterKey.ephemeral().encrypt(DrainStore.SECRET_PURPOSE, "Bearer t0ken");
            Drain sealed = store.create(
                    app.id(), DrainAddress.parse("http://127.0.0.1:1"), ofAnotherKey, WITH_REQUESTS, "ada");
            drain("syslog+tcp://127.0.0.1:" + collector.port());
            write(1);
            assertThat(paths(collector, 1)).containsExactly("/0");
            assertThat(drains.health(app.id())).extracting(DrainHealth::id).doesNotContain(sealed.id());
        }
    }

    @Test
    void whatWasDeletedBeforeItCouldBeSentIsSaid() throws Exception {
        int port = FreePort.take();
        Drain drain;
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), port, Collector::syslog)) {
            drain = drain("syslog+tcp://127.0.0.1:" + port);
            write(1);
            assertThat(paths(collector, 1)).containsExactly("/0");
            await().untilAsserted(() -> assertThat(health(drain).lines()).isEqualTo(1));
        }
        for (int i = 0; i < 12_000; i += 1_000) {
            write(1_000);
            book.write();
        }
        try (Collector back = new Collector(ServerSocketFactory.getDefault(), port, Collector::syslog)) {
            String first = back.taken.take();
            assertThat(first).matches(".*PLATFORM - about [0-9.]+ MiB of the log are missing here: .*");
            await().untilAsserted(() -> assertThat(health(drain).lostBytes()).isGreaterThan(100_000));
        }
    }

    @Test
    void aLogThatBeganAnewIsSentFromItsBeginningAndThatIsSaid() throws Exception {
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, Collector::syslog)) {
            Drain drain = drain("syslog+tcp://127.0.0.1:" + collector.port());
            write(100);
            paths(collector, 100);
            await().until(() -> health(drain).lines() == 100);
            stop();
            FileSystemUtils.deleteRecursively(home.resolve("runtime/access"));
            start(1);
            ring();
            write(2);
            assertThat(collector.taken.take()).contains("the log begins anew here");
            assertThat(paths(collector, 2)).containsExactly("/100", "/101");
            write(1);
            assertThat(paths(collector, 1)).containsExactly("/102");
        }
    }

    @Test
    void whoseProgressCannotBeReadGoesOnFromNow() throws Exception {
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, Collector::syslog)) {
            Drain drain = drain("syslog+tcp://127.0.0.1:" + collector.port());
            write(3);
            paths(collector, 3);
            await().until(() -> health(drain).lines() == 3);
            stop();
            Files.writeString(home.resolve("runtime/drains/" + drain.id() + ".json"), "");
            start(1);
            ring();
            write(1);
            assertThat(paths(collector, 1)).containsExactly("/3");
        }
    }

    @Test
    void aTestLineSaysWhetherItArrived() throws Exception {
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, Collector.http("200 OK"))) {
            Drain good = drain("http://127.0.0.1:" + collector.port());
            Drain bad = drain("http://10.0.0.1:80");
            store.test(app.id(), good.id());
            store.test(app.id(), bad.id());
            ring();
            ring();
            assertThat(collector.taken.take()).contains("a test line: this log drain works");
            await().untilAsserted(() -> assertThat(test(good)).isNotNull());
            await().untilAsserted(() -> assertThat(test(bad)).isNotNull());
            assertThat(test(good)).extracting(DrainHealth.Test::error).isNull();
            assertThat(test(bad)).extracting(DrainHealth.Test::error).asString().contains("private");
            assertThat(collector.taken).isEmpty();
        }
    }

    private DrainHealth.@Nullable Test test(Drain drain) {
        return health(drain).test();
    }

    /// One stays in its calls until it is closed.
    private static final class Hanging implements Outlet {
        private final CompletableFuture<Void> called = new CompletableFuture<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        @Override
        public void send(List<LogLine> lines) {
            called.complete(null);
            closed.join();
        }

        @Override
        public void giveUp() {}

        @Override
        public void close() {
            closed.complete(null);
        }
    }

    @Test
    void whatEndsDoesntWaitForACallThatHangsAndTestsOnceAtATime() {
        Drain drain = store.create(app.id(), DrainAddress.parse("http://127.0.0.1:1"), null, WITH_REQUESTS, "ada");
        List<Hanging> outlets = new CopyOnWriteArrayList<>();
        try (Deadlines deadlines = new Deadlines(Duration.ofHours(1))) {
            DrainRun run = new DrainRun(drain, new DrainRun.Surroundings(output, requests, home, deadlines), () -> {
                Hanging outlet = new Hanging();
                outlets.add(outlet);
                return outlet;
            });
            write(1);
            outlets.getFirst().called.join();
            assertThat(run.test(Instant.now(), () -> {})).isTrue();
            outlets.get(1).called.join();
            assertThat(run.test(Instant.now(), () -> {})).isFalse();
            run.close();
            assertThat(outlets.subList(0, 2))
                    .allSatisfy(outlet -> assertThat(outlet.closed).isCompleted());
        }
    }

    @Test
    void aRemovedDrainEndsAndIsForgotten() throws Exception {
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, Collector::syslog)) {
            Drain drain = drain("syslog+tcp://127.0.0.1:" + collector.port());
            write(1);
            collector.taken.take();
            Path progress = home.resolve("runtime/drains/" + drain.id() + ".json");
            await().until(() -> Files.exists(progress));
            new AppStore(database).delete(app.id());
            ring();
            assertThat(drains.health(app.id())).isEmpty();
            assertThat(progress).doesNotExist();
        }
    }
}
