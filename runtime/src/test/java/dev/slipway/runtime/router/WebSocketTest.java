package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WebSocketTest extends RouterFixture {
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final String GOING_AWAY = "\u0088\u0002\u0003\u00e9";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /// Shakes hands and echoes short text frames, unmasked.
    private static final Upstream.Script ECHO = (connection, number) -> {
        RawHttp.Head head = connection.head();
        assertThat(head.field("Upgrade")).contains("websocket");
        assertThat(head.field("Connection")).contains("Upgrade");
        assertThat(head.field("X-Forwarded-Host")).contains("shop.example.test");
        String accept = accept(head.field("Sec-WebSocket-Key").orElseThrow());
        // the first frame comes right behind the handshake
        connection.write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + accept + "\r\n\r\n\u0081\u0005hello");
        while (true) {
            byte[] frame = connection.bytes(2).getBytes(StandardCharsets.ISO_8859_1);
            int length = frame[1] & 0x7f;
            byte[] mask = connection.bytes(4).getBytes(StandardCharsets.ISO_8859_1);
            byte[] payload = connection.bytes(length).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i % 4];
            }
            connection.write(new byte[] {frame[0], (byte) length}).write(payload);
        }
    };

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private WebSocket open() {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Host", "shop.example.test")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/push"), new WebSocket.Listener() {
                    @Override
                    public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
                            WebSocket socket, CharSequence text, boolean last) {
                        heard.add(text.toString());
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public @org.jspecify.annotations.Nullable CompletionStage<?> onClose(
                            WebSocket socket, int code, String reason) {
                        heard.add("closed " + code);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable error) {
                        heard.add("error " + error);
                    }
                })
                .join();
    }

    @Test
    void whoseConnectionHasEndedIsNotWaitedFor() throws Exception {
        app("shop", new Upstream(ECHO));
        WebSocket socket = open();
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        router.leave(Duration.ofSeconds(10));
        assertThat(heard.poll(10, TimeUnit.SECONDS)).startsWith("closed");
        socket.abort();
        assertThat(router.awaitLastAnswer(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void messagesGoBothWays() throws Exception {
        app("shop", new Upstream(ECHO));
        WebSocket socket = open();
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
        for (int i = 0; i < 100; i++) {
            socket.sendText("message " + i, true).join();
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("message " + i);
        }
        socket.abort();
        Target target = target("shop");
        org.awaitility.Awaitility.await().until(() -> target.inFlight() == 0);
    }

    @Test
    void whenItsInstanceDrainsTheClientIsToldToGoElsewhere() throws Exception {
        app("shop", new Upstream(ECHO));
        open();
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
        Target old = target("shop");
        assertThat(old.inFlight()).isEqualTo(1);
        app("shop", new Upstream(ECHO));
        var drained = old.drain();
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("closed 1001");
        drained.get(5, TimeUnit.SECONDS);
        open();
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void aHandshakeWaitsWhileItsAppChangesOver() throws Exception {
        routes.put(new AppRoute("shop", AppRoute.Status.CHANGING, List.of()));
        Thread.startVirtualThread(this::open);
        org.awaitility.Awaitility.await().until(() -> routes.waiting("shop") == 1);
        app("shop", new Upstream(ECHO));
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void aRefusedUpgradeIsAnOrdinaryAnswer() throws IOException {
        app("shop", Upstream.saying("no sockets here"));
        RawHttp connection = connect()
                .send(
                        "GET / HTTP/1.1",
                        "Host: shop.example.test",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(connection.body(head)).isEqualTo("no sockets here");
    }

    @Test
    void afterARefusedUpgradeTheNextRequestsAreAnsweredToo() throws IOException {
        app("shop", Upstream.echo());
        RawHttp connection = connect();
        for (String request : List.of(
                "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
                "GET /next HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
                "POST /next HTTP/1.1\r\nContent-Length: 4\r\n")) {
            connection.write(request + "Host: shop.example.test\r\n\r\n" + (request.startsWith("POST") ? "body" : ""));
            assertThat(connection.body(connection.head())).startsWith(request.substring(0, request.indexOf('\r')));
        }
    }

    @Test
    void http2IsNoProtocolToSwitchTo() throws IOException {
        app("shop", Upstream.echo());
        RawHttp connection = connect()
                .send(
                        "GET / HTTP/1.1",
                        "Host: shop.example.test",
                        "Connection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAAQAAP__",
                        "");
        assertThat(connection.body(connection.head())).doesNotContainIgnoringCase("upgrade", "http2-settings");
    }

    @Test
    void frameBoundariesAreFoundHoweverTheBytesAreCut() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int round = 0; round < 200; round++) {
            Buffer frames = Buffer.buffer();
            int count = random.nextInt(1, 6);
            for (int i = 0; i < count; i++) {
                appendFrame(
                        frames,
                        random.nextInt(0, 3) == 0 ? random.nextInt(65_000, 70_000) : random.nextInt(0, 300),
                        random.nextBoolean());
            }
            FrameBoundary boundary = new FrameBoundary();
            int ends = 0;
            for (int at = 0; at < frames.length(); ) {
                Buffer cut = frames.slice(at, Math.min(frames.length(), at + random.nextInt(1, 5000)));
                for (int i = 0; i < cut.length(); ) {
                    i = boundary.follow(cut, i);
                    ends += boundary.between() ? 1 : 0;
                }
                at += cut.length();
            }
            assertThat(ends).isEqualTo(count);
            assertThat(boundary.between()).isTrue();
        }
    }

    private static void appendFrame(Buffer to, int length, boolean masked) {
        int mask = masked ? 0x80 : 0;
        to.appendByte((byte) 0x82);
        if (length < 126) {
            to.appendByte((byte) (mask | length));
        } else if (length < 65_536) {
            to.appendByte((byte) (mask | 126)).appendUnsignedShort(length);
        } else {
            to.appendByte((byte) (mask | 127)).appendLong(length);
        }
        to.appendBytes(new byte[length + (masked ? 4 : 0)]);
    }

    /// Says that it was asked, and shakes hands when `held` is open.
    private static Upstream.Script holding(CountDownLatch asked, CountDownLatch held) {
        return (connection, number) -> {
            connection.head();
            asked.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            connection.head(); // until it is closed
        };
    }

    private RawHttp upgrade() throws IOException {
        return connect()
                .send(
                        "GET / HTTP/1.1",
                        "Host: shop.example.test",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "");
    }

    @Test
    void whoShakesHandsWhileTheRulesBecomeTighterHasToComeInAnew() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        app("shop", new Upstream(holding(asked, held)));
        RawHttp socket = upgrade();
        asked.await();
        DoorRules rules = new DoorRules(
                "shop",
                7,
                Optional.of(Addresses.NONE),
                Optional.empty(),
                Optional.empty(),
                DoorRules.Limits.NONE,
                false);
        routes.front(new FrontRules(Domains.NONE, Certificates.NONE, Map.of(), Map.of("shop", rules)));
        held.countDown();
        assertThat(socket.head().status()).isEqualTo(101);
        assertThat(socket.bytes(4)).isEqualTo(GOING_AWAY);
    }

    @Test
    void whoShakesHandsWhileTheRouterLeavesIsToldToGoToTheNext() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        app("shop", new Upstream(holding(asked, held)));
        RawHttp socket = upgrade();
        asked.await();
        router.leave(Duration.ofSeconds(20));
        held.countDown();
        assertThat(socket.head().status()).isEqualTo(101);
        assertThat(socket.bytes(4)).isEqualTo(GOING_AWAY);
    }
}
