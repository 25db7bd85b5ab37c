package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.testing.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Requests wait at the front door while their app changes over.
class HoldTest extends RouterFixture {
    private static final HoldSettings SHORT = new HoldSettings(Duration.ofSeconds(1), 3, 4);

    private final Routes hasty = new Routes(SHORT);
    private int hastyPort;

    private void changing(String app) {
        for (Routes table : List.of(routes, hasty)) {
            table.put(new AppRoute(app, AppRoute.Status.CHANGING, List.of()));
        }
    }

    /// A connection to a router whose limits on waiting are [#SHORT].
    private RawHttp connectHasty() throws IOException {
        if (hastyPort == 0) {
            hastyPort = FreePort.take();
            resources.add(Router.start(
                    new FrontDoorSettings("127.0.0.1", hastyPort, "example.test", platformPort, LIMITS), hasty));
        }
        RawHttp connection = RawHttp.connect(hastyPort);
        resources.add(connection);
        return connection;
    }

    private static RawHttp ask(RawHttp connection, String path) throws IOException {
        return connection.send("GET " + path + " HTTP/1.1", "Host: shop.example.test", "");
    }

    private void waiting(Routes table, int count) {
        await().until(() -> table.waiting("shop") == count);
    }

    @Test
    void aRequestIsAnsweredAsSoonAsThereIsATarget() throws Exception {
        changing("shop");
        RawHttp connection = ask(connect(), "/");
        waiting(routes, 1);
        app("shop", Upstream.saying("here I am"));
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(connection.body(head)).isEqualTo("here I am");
        assertThat(routes.waiting("shop")).isZero();
        assertThat(ask(connection, "/").head().status()).isEqualTo(200);
    }

    @Test
    void nothingOfABodyIsReadMeanwhileAndAllOfItArrives() throws Exception {
        changing("shop");
        int length = 32 << 20;
        RawHttp connection = connect();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                connection.send("POST / HTTP/1.1", "Host: shop.example.test", "Content-Length: " + length, "");
                connection.write(new byte[length]);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        waiting(routes, 1);
        assertThat(sent).isNotDone();
        app("shop", new Upstream((target, number) -> {
            target.head();
            target.skip(length);
            target.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }));
        assertThat(connection.head().status()).isEqualTo(200);
        sent.get(10, TimeUnit.SECONDS);
    }

    @Test
    void afterItsTimeItIsToldWhatGoesOn() throws Exception {
        changing("shop");
        RawHttp connection = ask(connectHasty(), "/");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.field("Retry-After")).contains("3");
        assertThat(connection.body(head)).startsWith("shop is changing over.");
        assertThat(hasty.waiting("shop")).isZero();
    }

    @Test
    void whoFindsNoPlaceIsToldAtOnceAndOthersGoOnWaiting() throws Exception {
        changing("shop");
        changing("blog");
        for (int i = 0; i < SHORT.perApp(); i++) {
            ask(connectHasty(), "/");
        }
        waiting(hasty, SHORT.perApp());
        assertThat(ask(connectHasty(), "/").head().status()).isEqualTo(503);
        connectHasty().send("GET / HTTP/1.1", "Host: blog.example.test", "");
        await().until(() -> hasty.waiting("blog") == 1);
        RawHttp tooMany = connectHasty().send("GET / HTTP/1.1", "Host: blog.example.test", "");
        assertThat(tooMany.head().status()).isEqualTo(503);
    }

    @Test
    void whoGoesAwayFreesItsPlace() throws Exception {
        changing("shop");
        RawHttp get = ask(connect(), "/");
        RawHttp post = connect()
                .send("POST / HTTP/1.1", "Host: shop.example.test", "Content-Length: 1000000", "")
                .write(new byte[1000]);
        waiting(routes, 2);
        get.close();
        waiting(routes, 1);
        post.close();
        waiting(routes, 0);
    }

    @Test
    void anAppThatIsStoppedOrDeletedMeanwhileSaysSo() throws Exception {
        changing("shop");
        RawHttp stopped = ask(connect(), "/");
        waiting(routes, 1);
        routes.put(new AppRoute("shop", AppRoute.Status.STOPPED, List.of()));
        RawHttp.Head head = stopped.head();
        assertThat(head.status()).isEqualTo(503);
        assertThat(stopped.body(head)).startsWith("shop is stopped.");
        changing("shop");
        RawHttp deleted = ask(connect(), "/");
        waiting(routes, 1);
        routes.remove("shop");
        assertThat(deleted.head().status()).isEqualTo(404);
    }
}
