package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Http2Test extends SecureFixture {
    private static final int MAX_CONCURRENT_STREAMS = 3;

    private RawH2 h2() throws IOException {
        RawH2 connection = new RawH2(handshake("shop.test", "h2"));
        resources.add(connection);
        return connection;
    }

    @Test
    void streamsThatFollowEachOtherShareAnAppsConnection() throws IOException {
        Upstream shop = app("shop", Upstream.saying("hello"));
        RawH2 connection = h2();
        for (int i = 0; i < 5; i++) {
            RawH2.Answer answer = connection.answer(connection.get("shop.test:" + httpsPort, "/"));
            assertThat(answer.body.toString()).isEqualTo("hello");
        }
        assertThat(shop.connections()).isEqualTo(1);
    }

    @Test
    void aStreamReachesItsAppAsAnOrdinaryRequest() throws IOException {
        app("shop", Upstream.echo());
        RawH2 connection = h2();
        int stream = connection.get(
                "shop.test:" + httpsPort,
                "/a?b",
                "cookie",
                "a=b",
                "cookie",
                "c=d",
                "x-forwarded-for",
                "6.6.6.6",
                "te",
                "trailers");
        RawH2.Answer answer = connection.answer(stream);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.fields)
                .containsEntry("strict-transport-security", "max-age=3600")
                .doesNotContainKey("connection");
        assertThat(answer.body.toString())
                .startsWith("GET /a?b HTTP/1.1\n")
                .containsIgnoringCase("host: shop.test:" + httpsPort)
                .containsIgnoringCase("cookie: a=b; c=d")
                .contains(
                        "X-Forwarded-For: 127.0.0.1",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: shop.test:" + httpsPort)
                .doesNotContain("6.6.6.6", "trailers", "Transfer-Encoding");
    }

    @Test
    void aStreamWaitsWhileItsAppChangesOverAndOthersGoOn() throws IOException {
        app("shop", Upstream.echo());
        Target target = routes.of("shop").orElseThrow().targets().getFirst();
        routes.put(new AppRoute("shop", AppRoute.Status.CHANGING, List.of()));
        RawH2 connection = h2();
        int post = connection.request(
                false, ":method", "POST", ":scheme", "https", ":authority", "shop.test", ":path", "/held");
        connection.data(post, true, "body");
        int cancelled = connection.get("shop.test", "/cancelled");
        org.awaitility.Awaitility.await().until(() -> routes.waiting("shop") == 2);
        connection.reset(cancelled);
        org.awaitility.Awaitility.await().until(() -> routes.waiting("shop") == 1);
        int elsewhere = connection.get("nobody.example.test", "/");
        assertThat(connection.answer(elsewhere).status()).isEqualTo(404);
        routes.put(new AppRoute("shop", AppRoute.Status.LIVE, List.of(target)));
        assertThat(connection.answer(post).body.toString())
                .startsWith("POST /held HTTP/1.1\n")
                .endsWith("\n\nbody");
    }

    @Test
    void bodiesGoBothWaysWithAndWithoutALength() throws IOException {
        app("shop", Upstream.echo());
        RawH2 connection = h2();
        int known = connection.request(
                false,
                ":method",
                "POST",
                ":scheme",
                "https",
                ":authority",
                "shop.test",
                ":path",
                "/",
                "content-length",
                "4");
        int unknown = connection.request(
                false, ":method", "POST", ":scheme", "https", ":authority", "shop.test", ":path", "/");
        int empty = connection.request(
                true, ":method", "POST", ":scheme", "https", ":authority", "shop.test", ":path", "/");
        connection.data(unknown, false, "two ");
        connection.data(known, true, "four");
        connection.data(unknown, true, "parts");
        assertThat(connection.answer(known).body.toString())
                .containsIgnoringCase("content-length: 4")
                .endsWith("\n\nfour");
        assertThat(connection.answer(unknown).body.toString())
                .containsIgnoringCase("transfer-encoding: chunked")
                .endsWith("\n\ntwo parts");
        assertThat(connection.answer(empty).body.toString()).endsWith("\n\n");
    }

    @Test
    void streamsOfOneConnectionDontWaitForEachOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            String first = connection.head().first();
            if (first.contains("slow")) {
                Upstream.until(release);
            }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }));
        RawH2 connection = h2();
        int slow = connection.get("shop.test", "/slow");
        for (int i = 0; i < 20; i++) {
            assertThat(connection.answer(connection.get("shop.test", "/quick")).status())
                    .isEqualTo(200);
        }
        release.countDown();
        assertThat(connection.answer(slow).status()).isEqualTo(200);
    }

    /// Servers close a connection that was kept alive whenever they like, also as it is taken again.
    @Test
    void aRequestWhoseKeptConnectionBreaksGoesOverAnother() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            if (number == 1) {
                connection.head();
            }
        }));
        RawH2 connection = h2();
        for (int i = 0; i < 2; i++) {
            assertThat(connection.answer(connection.get("shop.test", "/")).body.toString())
                    .isEqualTo("ok");
        }
    }

    @Test
    void anAnswerThatBreaksOffCutsItsStreamAloneAndIsSeenToBreakOff() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            String first = connection.head().first();
            connection.write(
                    first.contains("break")
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhello"
                            : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }));
        RawH2 connection = h2();
        RawH2.Answer broken = connection.answer(connection.get("shop.test", "/break"));
        assertThat(broken.reset).isPositive();
        assertThat(broken.ended).isFalse();
        assertThat(connection.answer(connection.get("shop.test", "/well")).body.toString())
                .isEqualTo("ok");
    }

    @Test
    void aRequestThatIsAnsweredEarlyEndsItsStreamAlone() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }));
        RawH2 connection = h2();
        int upload = connection.request(
                false, ":method", "POST", ":scheme", "https", ":authority", "shop.test", ":path", "/");
        connection.data(upload, false, "some");
        assertThat(connection.answer(upload).status()).isEqualTo(413);
        assertThat(connection.answer(connection.get("shop.test", "/")).status()).isEqualTo(413);
    }

    static List<List<String>> malformed() {
        String[] head = {":method", "GET", ":scheme", "https", ":authority", "shop.test"};
        return List.of(
                with(head, ":path", "/ HTTP/1.1\r\nHost: evil\r\n\r\nGET /smuggled"),
                with(head, ":path", "/a b"),
                with(head, ":path", "*"),
                with(head, ":path", "http://evil.test/"),
                with(head, ":path", "/", "x-a", "b\r\nHost: evil"),
                with(head, ":path", "/", "x-a", "b\u0000c"),
                with(head, ":path", "/", "x a", "b"),
                with(head, ":path", "/", "x-a: b\r\nx-c", "d"),
                with(head, ":path", "/", "host", "evil.test"),
                with(head, ":path", "/", "host", "shop.test", "host", "evil.test"),
                with(head, ":path", "/", "transfer-encoding", "chunked"),
                with(head, ":path", "/", "connection", "close"),
                with(head, ":path", "/", "upgrade", "websocket"),
                with(head, ":path", "/", "X-Upper", "b"),
                with(head, ":path", "/", "content-length", "3", "content-length", "4"),
                List.of(":method", "GET", ":scheme", "https", ":path", "/"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "user@shop.test", ":path", "/"),
                List.of(
                        ":method",
                        "GET",
                        ":scheme",
                        "https",
                        ":authority",
                        "shop.test",
                        ":authority",
                        "evil.test",
                        ":path",
                        "/"),
                List.of(":method", "G T", ":scheme", "https", ":authority", "shop.test", ":path", "/"),
                List.of(
                        ":method",
                        "GET / HTTP/1.1\r\nHost: evil\r\n\r\nGET",
                        ":scheme",
                        "https",
                        ":authority",
                        "shop.test",
                        ":path",
                        "/"),
                List.of(":method", "CONNECT", ":authority", "shop.test:22"),
                List.of(
                        ":method",
                        "CONNECT",
                        ":protocol",
                        "websocket",
                        ":scheme",
                        "https",
                        ":authority",
                        "shop.test",
                        ":path",
                        "/"));
    }

    private static List<String> with(String[] head, String... more) {
        List<String> all = new ArrayList<>(List.of(head));
        all.addAll(List.of(more));
        return all;
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatCouldBecomeAnotherRequestReachesNobody(List<String> fields) throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        RawH2 connection = h2();
        int stream = connection.request(true, fields.toArray(String[]::new));
        try {
            RawH2.Answer answer = connection.answer(stream);
            assertThat(answer.reset >= 0 || answer.status() == 400)
                    .as("status %s, reset %d", answer.fields.get(":status"), answer.reset)
                    .isTrue();
        } catch (IOException connectionEnded) {
            // that is an answer too (RFC 9113, 5.4.1)
        }
        assertThat(shop.connections()).isZero();
    }

    @Test
    void aBodyThatIsntAsLongAsSaidIsCutOff() throws IOException {
        app("shop", Upstream.echo());
        RawH2 connection = h2();
        int stream = connection.request(
                false,
                ":method",
                "POST",
                ":scheme",
                "https",
                ":authority",
                "shop.test",
                ":path",
                "/",
                "content-length",
                "2");
        connection.data(stream, true, "GET /smuggled HTTP/1.1\r\n\r\n");
        assertThat(connection.answer(stream).reset).isPositive();
    }

    @Test
    void streamsAtOnceAreLimited() throws IOException {
        app("shop", Upstream.echo());
        assertThat(h2().setting(MAX_CONCURRENT_STREAMS)).isEqualTo(100);
    }

    @Test
    void aFloodOfCancelledStreamsEndsTheConnection() throws IOException {
        app("shop", new Upstream((connection, number) -> connection.head()));
        RawH2 connection = h2();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        connection.reset(connection.get("shop.test", "/"));
                    }
                    connection.answer(connection.get("shop.test", "/"));
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aCancelledStreamIsCountedOutAtItsTarget() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            seen.countDown();
            connection.head();
        }));
        RawH2 connection = h2();
        int stream = connection.get("shop.test", "/");
        seen.await();
        Target target = routes.of("shop").orElseThrow().targets().getFirst();
        assertThat(target.inFlight()).isEqualTo(1);
        connection.reset(stream);
        org.awaitility.Awaitility.await().until(() -> target.inFlight() == 0);
    }

    @Test
    void whenTheRouterStopsStreamsFinishAndNewOnesAreSentElsewhere() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            seen.countDown();
            Upstream.until(release);
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast");
        }));
        RawH2 connection = h2();
        int stream = connection.get("shop.test", "/");
        seen.await();
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> router.drain(Duration.ofSeconds(20)));
        assertThat(connection.goAway()).isZero();
        release.countDown();
        RawH2.Answer answer = connection.answer(stream);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body.toString()).isEqualTo("last");
        drained.join();
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        app("shop", Upstream.echo());
        RawH2 connection = h2();
        assertThat(connection.answer(connection.get("shop.test", "/")).status()).isEqualTo(200);
        assertThat(connection.goAway()).isZero();
    }

    @Test
    void anOrdinaryClientGetsManyAnswersAtOnce() {
        app("shop", Upstream.echo());
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trustingLocalhost())
                .version(HttpClient.Version.HTTP_2)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + httpsPort + "/"))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.join().statusCode()).isEqualTo(502);
            }
        }
    }

    /// "localhost" is the platform, which doesn't answer here.
    private javax.net.ssl.SSLContext trustingLocalhost() {
        dev.slipway.db.testing.TestCertificates.Issued issued = AUTHORITY.issue("localhost");
        routes.front(new FrontRules(
                Domains.NONE,
                new Certificates(java.util.Map.of(
                        "localhost", List.of(new Certificates.Entry("l", issued.key(), issued.chain())))),
                java.util.Map.of()));
        return trusting();
    }
}
