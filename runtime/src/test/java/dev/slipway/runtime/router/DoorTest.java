package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An app's rules on a real router.
class DoorTest extends RouterFixture {
    private static final Addresses LOOPBACK = address -> address.isLoopbackAddress();
    private final AtomicInteger compared = new AtomicInteger();

    private DoorRules.Password password(String text) {
        return new DoorRules.Password() {
            @Override
            public String id() {
                return text;
            }

            @Override
            public boolean fits(String given) {
                compared.incrementAndGet();
                return given.equals(text);
            }
        };
    }

    private final DoorRules.Guests guests =
            new DoorRules.Guests(Map.of("anna", password("s3cret")), password("of nobody"));

    private static DoorRules rules(
            @Nullable Addresses allowed,
            DoorRules.@Nullable Maintenance maintenance,
            DoorRules.@Nullable Guests guests) {
        return new DoorRules(
                "shop",
                7,
                Optional.ofNullable(allowed),
                Optional.ofNullable(maintenance),
                Optional.ofNullable(guests),
                DoorRules.Limits.NONE,
                false);
    }

    private static DoorRules limits(long bytes, @Nullable Duration idle) {
        return new DoorRules(
                "shop",
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new DoorRules.Limits(bytes, Optional.ofNullable(idle)),
                false);
    }

    private void rule(DoorRules rules) {
        routes.front(new FrontRules(
                new Domains(List.of(
                        new DomainRoute("shop", "shop.test", "/", false, Optional.empty(), false, 0),
                        new DomainRoute(
                                "shop",
                                "www.shop.test",
                                "/",
                                false,
                                Optional.of(new DomainRoute.Redirect("shop.test", 308)),
                                false,
                                0))),
                Certificates.NONE,
                Map.of("token-1", "answer-1"),
                Map.of("shop", rules)));
    }

    private static String basic(String credentials) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private RawHttp.Head get(String host, String... fields) throws IOException {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return connect()
                .write("GET /x HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n")
                .head();
    }

    @Test
    void maintenanceHoldsOnEveryWayInAndEndsAtOnce() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        app("blog", Upstream.echo());
        rule(rules(null, new DoorRules.Maintenance("Back at noon.", 600, Addresses.NONE), null));
        for (String host : List.of("shop.example.test", "shop.test")) {
            RawHttp.Head head = get(host);
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.field("Retry-After")).contains("600");
        }
        RawHttp page = connect().send("GET / HTTP/1.1", "Host: shop.test", "Accept: text/html", "");
        assertThat(page.body(page.head())).contains("shop is under maintenance", "Back at noon.");
        RawHttp upgrade = connect()
                .send(
                        "GET / HTTP/1.1",
                        "Host: shop.test",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "");
        assertThat(upgrade.head().status()).isEqualTo(503);
        assertThat(shop.connections()).isZero();
        assertThat(get("blog.example.test").status()).isEqualTo(200);
        assertThat(routes.traffic().turnedAway().get("shop")).containsExactly(0, 4, 0, 0);

        rule(rules(null, new DoorRules.Maintenance("", 600, LOOPBACK), null));
        assertThat(get("shop.test").status()).isEqualTo(200);
        routes.front(FrontRules.NONE);
        assertThat(get("shop.example.test").status()).isEqualTo(200);
    }

    @Test
    void authoritiesAreAnsweredAndNobodyElseIsToldAnythingFromAWrongAddress() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        rule(rules(Addresses.NONE, null, guests));
        RawHttp challenge = connect().send("GET /.well-known/acme-challenge/token-1 HTTP/1.1", "Host: shop.test", "");
        assertThat(challenge.body(challenge.head())).isEqualTo("answer-1");
        challenge.send("HEAD /.well-known/acme-challenge/token-1 HTTP/1.1", "Host: shop.test", "");
        assertThat(challenge.head().field("Content-Length")).contains("8");
        challenge.send("GET /.well-known/acme-challenge/token-1 HTTP/1.1", "Host: shop.test", "");
        assertThat(challenge.body(challenge.head())).isEqualTo("answer-1");
        assertThat(get("shop.test", basic("anna:s3cret")).status()).isEqualTo(403);
        RawHttp.Head redirect = get("www.shop.test");
        assertThat(redirect.status()).isEqualTo(403);
        assertThat(redirect.field("Location")).isEmpty();
        assertThat(shop.connections()).isZero();
        rule(rules(LOOPBACK, null, null));
        assertThat(get("www.shop.test").field("Location")).contains("http://shop.test/x");
        assertThat(get("shop.test").status()).isEqualTo(200);
    }

    @Test
    void whoKnowsAPasswordComesInAndTheAppIsToldTheNameOnly() throws IOException {
        app("shop", Upstream.echo());
        rule(rules(null, null, guests));
        RawHttp.Head asked = get("shop.test");
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.field("WWW-Authenticate")).contains("Basic realm=\"shop\", charset=\"UTF-8\"");
        assertThat(get("shop.test", basic("anna:guess")).status()).isEqualTo(401);
        assertThat(get("shop.test", basic("eve:s3cret")).status()).isEqualTo(401);

        RawHttp connection = connect();
        for (int i = 0; i < 3; i++) {
            connection.send("GET / HTTP/1.1", "Host: shop.test", basic("anna:s3cret"), "X-Forwarded-User: root", "");
            String seen = connection.body(connection.head());
            assertThat(seen).contains("X-Forwarded-User: anna").doesNotContain("Authorization", "root");
        }
        assertThat(compared).hasValue(3);
        connection.send("GET / HTTP/1.1", "Host: blog.example.test", "");
        assertThat(connection.head().status()).isEqualTo(404);
    }

    @Test
    void aBodyWaitsUntilThePasswordIsKnownToBeRight() throws IOException {
        app("shop", Upstream.echo());
        rule(rules(null, null, guests));
        RawHttp connection = connect()
                .write("POST / HTTP/1.1\r\nHost: shop.test\r\n" + basic("anna:s3cret")
                        + "\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(connection.body(connection.head())).endsWith("\n\nhello");
        RawHttp wrong = connect()
                .write("POST / HTTP/1.1\r\nHost: shop.test\r\n" + basic("anna:x")
                        + "\r\nContent-Length: 5\r\n\r\nhello");
        RawHttp.Head head = wrong.head();
        assertThat(head.status()).isEqualTo(401);
        assertThat(head.field("Connection")).contains("close");
        wrong.body(head);
        assertThat(wrong.ended()).isTrue();
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedBeforeItComes() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        rule(limits(10, null));
        RawHttp connection = connect()
                .write("POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(413);
        assertThat(connection.body(head)).contains("at most 10 bytes");
        assertThat(shop.connections()).isZero();
        RawHttp fits = connect().write("POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 10\r\n\r\n0123456789");
        assertThat(fits.body(fits.head())).endsWith("\n\n0123456789");
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefusedWhileItComesAndTheClientReadsWhy() throws IOException {
        app("shop", Upstream.echo());
        rule(limits(100_000, null));
        RawHttp fits = connect()
                .write("POST / HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("186a0\r\n" + "x".repeat(100_000) + "\r\n0\r\n\r\n"));
        assertThat(fits.head().status()).isEqualTo(200);
        RawHttp connection =
                connect().write("POST / HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 20; i++) {
            connection.write("2710\r\n" + "x".repeat(10_000) + "\r\n");
        }
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(413);
        assertThat(connection.body(head)).contains("at most 97.7 KiB");
        connection.write("0\r\n\r\n");
        assertThat(connection.ended()).isTrue();
    }

    @Test
    void anAppMayHaveLessTimeThanOthers() throws IOException {
        app("shop", new Upstream((connection, number) -> {
            connection.head();
            connection.head(); // never comes
        }));
        rule(limits(Long.MAX_VALUE, Duration.ofSeconds(1)));
        RawHttp connection = connect().send("GET / HTTP/1.1", "Host: shop.test", "");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(504);
        assertThat(connection.body(head)).contains("within 1 seconds");
    }

    /// The port of another router, which trusts who connects from here.
    private int portBehindProxy() {
        int other = FreePort.take();
        resources.add(Router.start(
                new FrontDoorSettings(
                        new FrontDoorSettings.Listen("127.0.0.1", other, 0, false),
                        "example.test",
                        platformPort,
                        LIMITS,
                        LOOPBACK),
                routes));
        return other;
    }

    @Test
    void whatATrustedProxyTookByTlsIsHttps() throws IOException {
        app("shop", Upstream.echo());
        int behindProxy = portBehindProxy();
        for (String[] each : new String[][] {
            {"https", "https", "443"}, {"http", "http", "80"}, {"https, http", "http", "80"}, {"HTTPS", "http", "80"}
        }) {
            try (RawHttp connection = RawHttp.connect(behindProxy)) {
                connection.send("GET / HTTP/1.1", "Host: shop.example.test", "X-Forwarded-Proto: " + each[0], "");
                assertThat(connection.body(connection.head()))
                        .contains("X-Forwarded-Proto: " + each[1] + "\n", "X-Forwarded-Port: " + each[2] + "\n");
            }
        }
        RawHttp claimed = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "X-Forwarded-Proto: https", "");
        assertThat(claimed.body(claimed.head())).contains("X-Forwarded-Proto: http\n", "X-Forwarded-Port: 80\n");
    }

    @Test
    void behindATrustedProxyItsWordCounts() throws IOException {
        app("shop", Upstream.echo());
        int other = portBehindProxy();
        rule(rules(address -> address.getHostAddress().equals("198.51.100.7"), null, null));
        for (String[] each : new String[][] {{"198.51.100.7", "200"}, {"198.51.100.7, 6.6.6.6", "403"}}) {
            try (RawHttp connection = RawHttp.connect(other)) {
                connection.send("GET / HTTP/1.1", "Host: shop.test", "X-Forwarded-For: " + each[0], "");
                RawHttp.Head head = connection.head();
                assertThat(head.status()).isEqualTo(Integer.parseInt(each[1]));
                assertThat(connection.body(head))
                        .contains(each[1].equals("200") ? "X-Forwarded-For: 198.51.100.7\n" : "Yours is 6.6.6.6.");
            }
        }
        assertThat(get("shop.test", "X-Forwarded-For: 198.51.100.7").status()).isEqualTo(403);
    }

    @Test
    void whatAnAppWantsWrittenDownIsToldWithWhoAnswered() throws Exception {
        BlockingQueue<AccessLog.Request> told = new LinkedBlockingQueue<>();
        routes.accessLog(told::add);
        app("shop", Upstream.saying("hello"));
        app("blog", Upstream.saying("hello"));
        rule(new DoorRules(
                "shop", 7, Optional.empty(), Optional.empty(), Optional.of(guests), DoorRules.Limits.NONE, true));
        get("blog.example.test");
        get("shop.test", basic("anna:s3cret"));
        AccessLog.Request entered = told.take();
        assertThat(entered.appId()).isEqualTo(7);
        assertThat(entered.client()).isEqualTo("127.0.0.1");
        assertThat(entered.method() + " " + entered.host() + entered.uri()).isEqualTo("GET shop.test/x");
        assertThat(entered.status()).isEqualTo(200);
        assertThat(entered.bytes()).isEqualTo(5);
        assertThat(entered.instance()).isEqualTo("shop-1");
        get("shop.test");
        AccessLog.Request refused = told.take();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.instance()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whileTheRulesArentKnownNobodyComesInToAnyApp() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        routes.front(FrontRules.UNKNOWN);
        for (String host : List.of("shop.example.test", "shop.test")) {
            RawHttp.Head head = get(host);
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.field("Retry-After")).contains("5");
        }
        assertThat(shop.connections()).isZero();
        // here, nobody answers for the platform
        assertThat(get("example.test").status()).isEqualTo(502);
        routes.front(FrontRules.NONE);
        assertThat(get("shop.example.test").status()).isEqualTo(200);
    }
}
