package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// WebSockets over TLS, and an app's rules on HTTP/2.
class SecureDoorTest extends SecureFixture {
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    private static final byte[] TEXT_HI = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};

    /// Takes every upgrade, and answers each masked frame of two bytes by an unmasked one.
    private static Upstream echo() {
        return new Upstream((connection, number) -> {
            RawHttp.Head head = connection.head();
            assertThat(head.field("X-Forwarded-Proto")).contains("https");
            connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            while (true) {
                byte[] frame = connection.bytes(TEXT_HI.length).getBytes(StandardCharsets.ISO_8859_1);
                connection.write(new byte[] {frame[0], 2, frame[6], frame[7]});
            }
        });
    }

    private final DoorRules.Password annas = new DoorRules.Password() {
        @Override
        public String id() {
            return "1";
        }

        @Override
        public boolean fits(String given) {
            return given.equals("s3cret");
        }
    };

    private void rule(DoorRules.@Nullable Maintenance maintenance, long bytes) {
        rule(maintenance, bytes, annas);
    }

    private void rule(DoorRules.@Nullable Maintenance maintenance, long bytes, DoorRules.Password password) {
        FrontRules now = routes.front();
        DoorRules rules = new DoorRules(
                "shop",
                7,
                Optional.empty(),
                Optional.ofNullable(maintenance),
                Optional.of(new DoorRules.Guests(Map.of("anna", password), password)),
                new DoorRules.Limits(bytes, Optional.empty()),
                false);
        routes.front(new FrontRules(now.domains(), now.certificates(), Map.of(), Map.of("shop", rules)));
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("anna:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private RawHttp upgrade(String authorization) throws IOException {
        return connect("shop.test")
                .write("GET /push HTTP/1.1\r\nHost: shop.test\r\n" + authorization + UPGRADE + "\r\n");
    }

    @Test
    void aWebSocketOverTlsPassesMessagesAndComesAnewWhenOthersMayEnter() throws IOException {
        app("shop", echo());
        rule(null, Long.MAX_VALUE);
        assertThat(upgrade("").head().status()).isEqualTo(401);
        RawHttp socket = upgrade("Authorization: " + basic("s3cret") + "\r\n");
        assertThat(socket.head().status()).isEqualTo(101);
        for (int i = 0; i < 3; i++) {
            socket.write(TEXT_HI);
            assertThat(socket.bytes(4)).isEqualTo("\u0081\u0002hi");
        }
        rule(null, 1_000);
        socket.write(TEXT_HI);
        assertThat(socket.bytes(4)).isEqualTo("\u0081\u0002hi");

        rule(new DoorRules.Maintenance("", 60, Addresses.NONE), Long.MAX_VALUE);
        // going away
        assertThat(socket.bytes(4)).isEqualTo("\u0088\u0002\u0003\u00e9");
        assertThat(upgrade("").head().status()).isEqualTo(503);
    }

    @Test
    void rulesHoldForStreamsToo() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        rule(null, 10);
        try (RawH2 connection = new RawH2(handshake("shop.test", "h2"))) {
            RawH2.Answer asked = connection.answer(connection.get("shop.test", "/"));
            assertThat(asked.status()).isEqualTo(401);
            assertThat(asked.fields).containsEntry("www-authenticate", "Basic realm=\"shop\", charset=\"UTF-8\"");
            assertThat(connection
                            .answer(connection.get("shop.test", "/", "authorization", basic("x")))
                            .status())
                    .isEqualTo(401);
            assertThat(shop.connections()).isZero();
            RawH2.Answer entered =
                    connection.answer(connection.get("shop.test", "/", "authorization", basic("s3cret")));
            assertThat(entered.body.toString())
                    .contains("X-Forwarded-User: anna")
                    .doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void aStreamIsCutOffAtTheLimitAndOthersOfItsConnectionGoOn() throws IOException {
        app("shop", Upstream.echo());
        rule(null, 10);
        try (RawH2 connection = new RawH2(handshake("shop.test", "h2"))) {
            int large = connection.request(
                    false,
                    ":method",
                    "POST",
                    ":scheme",
                    "https",
                    ":authority",
                    "shop.test",
                    ":path",
                    "/",
                    "authorization",
                    basic("s3cret"));
            connection.data(large, false, "0123456789");
            connection.data(large, false, "x");
            assertThat(connection.answer(large).status()).isEqualTo(413);
            int next = connection.get("shop.test", "/", "authorization", basic("s3cret"));
            assertThat(connection.answer(next).status()).isEqualTo(200);
        }
    }

    /// The same password, whose comparison takes until `held` is open.
    private DoorRules.Password slow(CountDownLatch held) {
        return new DoorRules.Password() {
            @Override
            public String id() {
                return annas.id();
            }

            @Override
            public boolean fits(String given) {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return annas.fits(given);
            }
        };
    }

    private static int post(RawH2 connection, String password, String... more) throws IOException {
        List<String> fields = new ArrayList<>(List.of(":method", "POST", ":scheme", "https"));
        fields.addAll(List.of(":authority", "shop.test", ":path", "/", "authorization", basic(password)));
        fields.addAll(List.of(more));
        return connection.request(false, fields.toArray(String[]::new));
    }

    @Test
    void aBodyThatEndsWhileThePasswordIsComparedArrivesWhole() throws IOException {
        app("shop", Upstream.echo());
        CountDownLatch held = new CountDownLatch(1);
        rule(null, Long.MAX_VALUE, slow(held));
        try (RawH2 connection = new RawH2(handshake("shop.test", "h2"))) {
            int known = post(connection, "s3cret", "content-length", "4");
            connection.data(known, true, "four");
            int unknown = post(connection, "s3cret");
            connection.data(unknown, true, "whole");
            // when this is answered, all that was sent before it has been read
            assertThat(connection
                            .answer(connection.get("nobody.example.test", "/"))
                            .status())
                    .isEqualTo(404);
            held.countDown();
            assertThat(connection.answer(known).body.toString())
                    .containsIgnoringCase("content-length: 4")
                    .endsWith("\n\nfour");
            assertThat(connection.answer(unknown).body.toString())
                    .containsIgnoringCase("transfer-encoding: chunked")
                    .endsWith("\n\nwhole");
        }
    }

    @Test
    void whoseBodyEndedBeforeThePasswordTurnedOutWrongIsToldAndOthersOfTheConnectionGoOn() throws IOException {
        app("shop", Upstream.echo());
        CountDownLatch held = new CountDownLatch(1);
        rule(null, Long.MAX_VALUE, slow(held));
        try (RawH2 connection = new RawH2(handshake("shop.test", "h2"))) {
            int wrong = post(connection, "guess");
            connection.data(wrong, true, "body");
            assertThat(connection
                            .answer(connection.get("nobody.example.test", "/"))
                            .status())
                    .isEqualTo(404);
            held.countDown();
            assertThat(connection.answer(wrong).status()).isEqualTo(401);
            assertThat(connection
                            .answer(connection.get("shop.test", "/", "authorization", basic("s3cret")))
                            .status())
                    .isEqualTo(200);
        }
    }
}
