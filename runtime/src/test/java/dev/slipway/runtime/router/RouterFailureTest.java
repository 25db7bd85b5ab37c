package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.testing.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// When instances don't behave.
class RouterFailureTest extends RouterFixture {

    private RawHttp.Head get() throws IOException {
        return connect().send("GET / HTTP/1.1", "Host: shop.example.test", "").head();
    }

    @Test
    void nobodyListening() throws IOException {
        routes.put(new AppRoute("shop", AppRoute.Status.LIVE, List.of(new Target("a", "127.0.0.1", FreePort.take()))));
        assertThat(get().status()).isEqualTo(502);
    }

    @Test
    void anInstanceThatRefusesConnectionsIsReplacedByAnotherForEveryMethod() throws IOException {
        Upstream well = Upstream.echo();
        resources.add(well);
        routes.put(new AppRoute(
                "shop",
                AppRoute.Status.LIVE,
                List.of(new Target("dead", "127.0.0.1", FreePort.take()), well.target("well"))));
        for (int i = 0; i < 10; i++) {
            RawHttp connection =
                    connect().write("POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 4\r\n\r\nbody");
            RawHttp.Head head = connection.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(connection.body(head)).endsWith("body");
        }
    }

    @Test
    void anAnswerThatEndsBeforeItsBodyBeginsIsReplacedByAPage() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 Fine\r\nContent-Type: image/png\r\nX-A: b\r\nContent-Length: 10\r\n\r\n");
        }));
        RawHttp connection = connect();
        for (int i = 0; i < 2; i++) {
            RawHttp.Head head = connection
                    .send("GET / HTTP/1.1", "Host: shop.example.test", "Accept: text/html", "")
                    .head();
            assertThat(head.first()).isEqualTo("HTTP/1.1 502 Bad Gateway");
            assertThat(head.field("X-A")).isEmpty();
            assertThat(head.field("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(connection.body(head)).contains("shop");
        }
    }

    @Test
    void aKeptAliveConnectionThatTheInstanceClosedMeanwhileCostsNobodyAnError() throws IOException {
        // closes each connection as soon as a second request has come over it, as if its keep-alive time had
        // just run out
        Upstream shop = app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.head();
        }));
        RawHttp connection = connect();
        for (int i = 0; i < 5; i++) {
            RawHttp.Head head = connection
                    .send("GET / HTTP/1.1", "Host: shop.example.test", "")
                    .head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(connection.body(head)).isEqualTo("ok");
        }
        assertThat(shop.connections()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aRequestWhoseInstanceDiesIsSentToAnother() throws IOException {
        Upstream dying = app("shop", new Upstream((connection, number) -> {
            connection.head();
            if (number == 1) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
                connection.head();
            }
        }));
        Upstream well = Upstream.saying("second");
        resources.add(well);
        RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        assertThat(connection.body(connection.head())).isEqualTo("first");
        Target busier = well.target("well");
        assertThat(busier.enter()).isTrue();
        Target first = target("shop");
        routes.put(new AppRoute("shop", AppRoute.Status.LIVE, List.of(first, busier)));
        connection.send("GET / HTTP/1.1", "Host: shop.example.test", "");
        assertThat(connection.body(connection.head())).isEqualTo("second");
        assertThat(dying.connections()).isEqualTo(1);
    }

    @Test
    void aRequestThatMayHaveHadItsEffectIsntSentTwice() throws IOException {
        Upstream shop = app("shop", new Upstream((connection, number) -> connection.head()));
        RawHttp connection =
                connect().write("POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 1\r\n\r\nx");
        assertThat(connection.head().status()).isEqualTo(502);
        assertThat(shop.connections()).isEqualTo(1);
    }

    @Test
    void anInstanceThatSaysNothingTimesOut() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            Upstream.until(end);
        }));
        RawHttp.Head head = connectImpatient(Duration.ofSeconds(1))
                .write("GET / HTTP/1.1\r\nHost: shop.example.test\r\n\r\n")
                .head();
        end.countDown();
        assertThat(head.status()).isEqualTo(504);
    }

    @Test
    void aSlowUploadIsntIdle() throws Exception {
        app("shop", Upstream.echo());
        Duration idle = Duration.ofSeconds(4);
        RawHttp connection =
                connectImpatient(idle).write("POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 8\r\n\r\n");
        long begin = System.nanoTime();
        for (int i = 0; i < 8; i++) {
            new CountDownLatch(1).await(600, TimeUnit.MILLISECONDS);
            connection.write("x");
        }
        assertThat(System.nanoTime() - begin).isGreaterThan(idle.toNanos());
        assertThat(connection.body(connection.head())).endsWith("xxxxxxxx");
    }

    @Test
    void anAnswerBeforeTheWholeRequestReachesTheClient() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
            connection.skip(100);
        }));
        RawHttp connection =
                connect().write("POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 100000000\r\n\r\nsome");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(401);
        assertThat(head.field("Connection")).contains("close");
        assertThat(connection.body(head)).isEqualTo("no");
        assertThat(connection.ended()).isTrue();
    }

    @Test
    void aClientThatGoesAwayEndsItsRequestAtTheInstance() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            seen.countDown();
            if (connection.ended()) {
                ended.countDown();
            }
        }));
        Target target = target("shop");
        RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        seen.await();
        assertThat(target.inFlight()).isEqualTo(1);
        connection.close();
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        org.awaitility.Awaitility.await().until(() -> target.inFlight() == 0);
    }

    @Test
    void requestsGoToTheInstanceThatHasTheFewest() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(2);
        Upstream slow = new Upstream((connection, number) -> {
            connection.head();
            taken.countDown();
            Upstream.until(release);
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow");
        });
        Upstream quick = Upstream.saying("quick");
        resources.add(slow);
        resources.add(quick);
        Target busy = slow.target("slow");
        routes.put(new AppRoute("shop", AppRoute.Status.LIVE, List.of(busy)));
        // two, because an answer may be here a moment before its request is counted out
        RawHttp waiting = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        taken.await();
        routes.put(new AppRoute("shop", AppRoute.Status.LIVE, List.of(busy, quick.target("quick"))));
        for (int i = 0; i < 10; i++) {
            RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
            assertThat(connection.body(connection.head())).isEqualTo("quick");
        }
        release.countDown();
        assertThat(waiting.body(waiting.head())).isEqualTo("slow");
    }

    @Test
    void aRequestFinishesWhereItBegan() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            seen.countDown();
            Upstream.until(release);
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
        }));
        Target old = target("shop");
        RawHttp waiting = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        seen.await();
        app("shop", Upstream.saying("new"));
        var drained = old.drain();
        RawHttp next = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        assertThat(next.body(next.head())).isEqualTo("new");
        assertThat(drained).isNotDone();
        release.countDown();
        assertThat(waiting.body(waiting.head())).isEqualTo("old");
        org.awaitility.Awaitility.await().until(drained::isDone);
    }
}
