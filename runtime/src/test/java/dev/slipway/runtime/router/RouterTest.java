package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RouterTest extends RouterFixture {
    private String get(String host, String path) throws IOException {
        try (RawHttp connection = RawHttp.connect(port)) {
            return connection.body(connection
                    .send("GET " + path + " HTTP/1.1", "Host: " + host, "")
                    .head());
        }
    }

    @Test
    void requestsGoToTheAppThatTheHostNamesAndToThePlatform() throws IOException {
        app("shop", Upstream.saying("the shop"));
        app("blog", Upstream.saying("the blog"));
        assertThat(get("shop.example.test", "/")).isEqualTo("the shop");
        assertThat(get("SHOP.Example.test:8080", "/")).isEqualTo("the shop");
        assertThat(get("blog.example.test.", "/")).isEqualTo("the blog");
        for (String host : List.of("example.test", "localhost:8080", "127.0.0.1", "[::1]:8080", "10.0.0.7")) {
            assertThat(get(host, "/")).contains("The platform's server is down").contains("Apps keep running");
        }
    }

    @Test
    void theEdgeSetsWhatItKnowsAndDropsWhatClientsClaim() throws IOException {
        app("shop", Upstream.echo());
        RawHttp connection = connect()
                .send(
                        "GET /a?b=c HTTP/1.1",
                        "Host: shop.example.test:8080",
                        "X-Forwarded-For: 6.6.6.6",
                        "X-Forwarded-Proto: https",
                        "Forwarded: for=6.6.6.6",
                        "X-Real-IP: 6.6.6.6",
                        "Connection: keep-alive, X-Secret",
                        "X-Secret: hop",
                        "Keep-Alive: timeout=5",
                        "TE: trailers",
                        "Proxy-Authorization: Basic x",
                        "Upgrade: h2c",
                        "Accept: x/y",
                        "Cookie: a=b",
                        "Cookie: c=d",
                        "");
        String seen = connection.body(connection.head());
        assertThat(seen)
                .startsWith("GET /a?b=c HTTP/1.1\n")
                .contains(
                        "Host: shop.example.test:8080\n",
                        "X-Forwarded-For: 127.0.0.1\n",
                        "X-Forwarded-Host: shop.example.test:8080\n",
                        "X-Forwarded-Proto: http\n",
                        "X-Forwarded-Port: 8080\n",
                        "Accept: x/y\n",
                        "Cookie: a=b\n",
                        "Cookie: c=d\n")
                .doesNotContain("6.6.6.6", "X-Secret", "Keep-Alive", "trailers", "Proxy-Authorization", "h2c", "https");
        assertThat(seen.split("(?i)host: shop")).hasSize(3);
    }

    @Test
    void hopByHopFieldsOfAnswersStayBehind() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 Fine\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\n"
                    + "X-End: 2\r\nContent-Length: 2\r\n\r\nok");
        }));
        RawHttp connection = connect();
        for (int i = 0; i < 3; i++) {
            RawHttp.Head head = connection
                    .send("GET / HTTP/1.1", "Host: shop.example.test", "")
                    .head();
            assertThat(head.first()).isEqualTo("HTTP/1.1 200 Fine");
            assertThat(head.fields())
                    .contains("X-End: 2")
                    .noneMatch(f -> f.contains("X-Hop") || f.contains("timeout") || f.contains("close"));
            assertThat(connection.body(head)).isEqualTo("ok");
        }
    }

    @Test
    void connectionsToInstancesAreKeptAlive() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        RawHttp connection = connect();
        for (int i = 0; i < 20; i++) {
            assertThat(connection.body(connection
                            .write("POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 1\r\n\r\nx")
                            .head()))
                    .endsWith("\nx");
        }
        assertThat(shop.connections()).isEqualTo(1);
    }

    @Test
    void aPipelinedRequestWaitsForItsTurn() throws IOException {
        app("shop", Upstream.echo());
        RawHttp connection = connect();
        connection.write(
                "GET /1 HTTP/1.1\r\nHost: shop.example.test\r\n\r\nGET /2 HTTP/1.1\r\nHost: shop.example.test\r\n\r\n");
        assertThat(connection.body(connection.head())).startsWith("GET /1 ");
        assertThat(connection.body(connection.head())).startsWith("GET /2 ");
    }

    @Test
    void bodiesStreamBothWaysBeforeTheyAreWhole() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            RawHttp.Head head = connection.head();
            assertThat(head.field("Transfer-Encoding")).contains("chunked");
            assertThat(connection.chunk()).isEqualTo("first");
            firstSeen.countDown();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            assertThat(connection.chunk()).isEqualTo("second");
            connection.write("3\r\ntwo\r\n0\r\n\r\n");
            connection.chunk();
        }));
        RawHttp connection = connect();
        connection.write(
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
        firstSeen.await();
        assertThat(connection.head().status()).isEqualTo(200);
        assertThat(connection.chunk()).isEqualTo("one");
        connection.write("6\r\nsecond\r\n0\r\n\r\n");
        assertThat(connection.chunk()).isEqualTo("two");
        assertThat(connection.chunk()).isEmpty();
    }

    @Test
    void anEventStreamsHeadDoesntWaitForItsFirstEvent() throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            Upstream.until(headSeen);
            connection.write("4\r\nping\r\n0\r\n\r\n");
        }));
        RawHttp connection = connect().send("GET /events HTTP/1.1", "Host: shop.example.test", "");
        assertThat(connection.head().field("Content-Type")).contains("text/event-stream");
        headSeen.countDown();
        assertThat(connection.chunk()).isEqualTo("ping");
    }

    @Test
    void aLargeUploadAndDownloadGoThroughWithoutBeingHeldInMemory() throws Exception {
        int size = 300 * 1024 * 1024;
        app("shop", new Upstream((connection, number) -> {
            RawHttp.Head head = connection.head();
            connection.skip(Long.parseLong(head.field("Content-Length").orElseThrow()));
            byte[] buffer = new byte[65536];
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            for (int sent = 0; sent < size; sent += buffer.length) {
                connection.write(buffer);
            }
        }));
        RawHttp connection =
                connect().send("PUT /blob HTTP/1.1", "Host: shop.example.test", "Content-Length: " + size, "");
        byte[] buffer = new byte[65536];
        for (int sent = 0; sent < size; sent += buffer.length) {
            connection.write(buffer);
        }
        assertThat(connection.head().field("Content-Length")).contains(Integer.toString(size));
        connection.skip(size);
    }

    @Test
    void anAppsConnectionIsKeptThoughVisitorsCloseTheirs() throws IOException {
        Upstream upstream = app("shop", Upstream.saying("hello"));
        for (int visit = 0; visit < 5 * Router.MOST_LOOPS; visit++) {
            RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "Connection: close", "");
            assertThat(connection.body(connection.head())).isEqualTo("hello");
            assertThat(connection.ended()).isTrue();
        }
        assertThat(upstream.connections()).isLessThanOrEqualTo(Router.MOST_LOOPS);
    }

    /// The last chunk of an answer ends it, and a short one goes out with its head.
    @Test
    void answersOfEverySizeAreWholeAndFollowEachOther() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            while (true) {
                int size = Integer.parseInt(connection.head().first().split("[/ ]")[2]);
                String half = "x".repeat(size / 2);
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                connection.write(half);
                connection.write("y".repeat(size - half.length()));
            }
        }));
        RawHttp connection = connect();
        int most = Listening.CHUNK_BYTES;
        for (int size : new int[] {0, 1, 2, 511, most - 1, most, most + 1, 2 * most, 2 * most + 1, 1_000_000, 3}) {
            RawHttp.Head head = connection
                    .send("GET /" + size + " HTTP/1.1", "Host: shop.example.test", "")
                    .head();
            assertThat(head.field("Transfer-Encoding")).isEmpty();
            assertThat(connection.body(head)).isEqualTo("x".repeat(size / 2) + "y".repeat(size - size / 2));
        }
    }

    @Test
    void answersWithoutBodyKeepTheirHeads() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            while (true) {
                RawHttp.Head head = connection.head();
                connection.write(
                        head.first().startsWith("HEAD")
                                ? "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"
                                : head.first().contains("204")
                                        ? "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"
                                        : "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 99\r\n\r\n");
            }
        }));
        RawHttp connection = connect();
        RawHttp.Head head = connection
                .send("HEAD / HTTP/1.1", "Host: shop.example.test", "")
                .head();
        assertThat(head.field("Content-Length")).contains("1234");
        RawHttp.Head noContent = connection
                .send("GET /204 HTTP/1.1", "Host: shop.example.test", "")
                .head();
        assertThat(noContent.status()).isEqualTo(204);
        assertThat(noContent.field("Content-Length")).isEmpty();
        assertThat(noContent.field("Transfer-Encoding")).isEmpty();
        RawHttp.Head notModified = connection
                .send("GET /304 HTTP/1.1", "Host: shop.example.test", "")
                .head();
        assertThat(notModified.status()).isEqualTo(304);
        assertThat(notModified.field("ETag")).contains("\"x\"");
        assertThat(connection
                        .send("HEAD / HTTP/1.1", "Host: shop.example.test", "")
                        .head()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anOldClientGetsABodyThatEndsWithTheConnection() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        }));
        RawHttp connection = connect().send("GET / HTTP/1.0", "Host: shop.example.test", "");
        RawHttp.Head head = connection.head();
        assertThat(head.field("Transfer-Encoding")).isEmpty();
        assertThat(connection.body(head)).isEqualTo("hello");
    }

    @Test
    void anOldClientThatWouldKeepItsConnectionSeesWhereABodyWithoutALengthEnds() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            while (true) {
                connection.write(
                        connection.head().first().contains("/known")
                                ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                                : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            }
        }));
        RawHttp connection = connect();
        for (int i = 0; i < 2; i++) {
            RawHttp.Head known = connection
                    .send("GET /known HTTP/1.0", "Host: shop.example.test", "Connection: keep-alive", "")
                    .head();
            assertThat(known.field("Connection")).contains("keep-alive");
            assertThat(connection.body(known)).isEqualTo("hello");
        }
        RawHttp.Head unknown = connection
                .send("GET / HTTP/1.0", "Host: shop.example.test", "Connection: keep-alive", "")
                .head();
        assertThat(unknown.field("Connection")).contains("close");
        assertThat(connection.body(unknown)).isEqualTo("hello");
    }

    @Test
    void whatATargetHoldsOfOtherBytesReachesItsAppEncoded() throws IOException {
        app("shop", Upstream.echo());
        RawHttp connection = connect().send("GET /caf\u00c3\u00a9?q=\u00fc HTTP/1.1", "Host: shop.example.test", "");
        assertThat(connection.body(connection.head())).startsWith("GET /caf%C3%A9?q=%FC HTTP/1.1\n");
        routes.front(new FrontRules(
                new Domains(List.of(new DomainRoute(
                        "shop",
                        "old.test",
                        "/",
                        false,
                        Optional.of(new DomainRoute.Redirect("new.test", 301)),
                        false,
                        0))),
                Certificates.NONE,
                Map.of()));
        RawHttp.Head redirect = connect()
                .send("GET /\u00e4\u0001 HTTP/1.1", "Host: old.test", "")
                .head();
        assertThat(redirect.field("Location")).contains("http://new.test/%E4%01");
    }

    @Test
    void anOldServersBodyThatEndsWithTheConnectionArrivesWhole() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello");
        }));
        RawHttp connection = connect();
        for (int i = 0; i < 2; i++) {
            assertThat(connection.body(connection
                            .send("GET / HTTP/1.1", "Host: shop.example.test", "")
                            .head()))
                    .isEqualTo("hello");
        }
    }

    @Test
    void anAnswerWhoseLinesEndLikeThoseOfACgiScriptIsUnderstood() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain\nX-A: b\n\nhello");
        }));
        RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        RawHttp.Head head = connection.head();
        assertThat(head.field("X-A")).contains("b");
        assertThat(connection.body(head)).isEqualTo("hello");
    }

    @Test
    void anAnswerThatBreaksOffIsSeenToBreakOff() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        }));
        RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        connection.head();
        assertThat(connection.chunk()).isEqualTo("hello");
        assertThat(connection.ended()).isTrue();
    }

    @Test
    void expectContinueIsAskedOfTheInstance() throws Exception {
        app("shop", new Upstream((connection, number) -> {
            RawHttp.Head head = connection.head();
            assertThat(head.field("Expect")).contains("100-continue");
            if (head.first().contains("refuse")) {
                connection.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
            } else {
                connection.write("HTTP/1.1 100 Continue\r\n\r\n");
                String body = connection.body(head);
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            }
        }));
        RawHttp connection = connect()
                .send("POST / HTTP/1.1", "Host: shop.example.test", "Content-Length: 4", "Expect: 100-continue", "");
        assertThat(connection.head().status()).isEqualTo(100);
        assertThat(connection.body(connection.write("body").head())).isEqualTo("body");
        RawHttp refused = connect()
                .send(
                        "POST /refuse HTTP/1.1",
                        "Host: shop.example.test",
                        "Content-Length: 4",
                        "Expect: 100-continue",
                        "");
        assertThat(refused.head().status()).isEqualTo(413);
        assertThat(refused.ended()).isTrue();
    }

    @Test
    void earlyHintsPass() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }));
        RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "");
        RawHttp.Head hints = connection.head();
        assertThat(hints.status()).isEqualTo(103);
        assertThat(hints.field("Link")).contains("</a.css>");
        assertThat(connection.head().status()).isEqualTo(200);
    }
}
