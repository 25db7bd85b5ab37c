package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.apps.App;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.TestInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who gets a terminal, and until when. Here the runtime tier is away, unless a test is it.
class TerminalApiTest extends ApiTest {
    private String path(App app) {
        return "/api/v1/apps/" + app.name() + "/terminal";
    }

    private CompletableFuture<WebSocket> connect(App app, @Nullable String origin, WebSocket.Listener listener) {
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", "Bearer " + token);
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + client.port() + path(app)), listener);
    }

    private static int refusal(CompletableFuture<WebSocket> connection) {
        try {
            connection.join();
            throw new AssertionError("it wasn't refused");
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) Objects.requireNonNull(e.getCause()))
                    .getResponse()
                    .statusCode();
        }
    }

    @Test
    void aTerminalIsAWebSocketForThoseWhoAreLoggedIn() {
        App app = given.app("terminal");
        assertThat(client.get(path(app)).status()).isEqualTo(422);
        assertThat(client.get(path(app)).detail()).contains("is a WebSocket");
        assertThat(new Client(client.port()).get(path(app)).status()).isEqualTo(401);
        assertThat(client.get("/api/v1/apps/no-such-app/terminal").status()).isEqualTo(404);
        assertThat(client.get(path(app) + "?line=%22open").status()).isEqualTo(422);
    }

    @Test
    void pagesOfOtherSitesGetNone() {
        App app = given.app("terminal");
        for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1", "::"}) {
            assertThat(refusal(connect(app, origin, new WebSocket.Listener() {})))
                    .as(origin)
                    .isEqualTo(403);
        }
    }

    /// What is said at the end.
    private static final class Listener implements WebSocket.Listener {
        private final CompletableFuture<String> shown = new CompletableFuture<>();
        private final CompletableFuture<String> said = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            shown.complete(StandardCharsets.UTF_8.decode(data).toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            said.complete(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }

    @Test
    void withoutTheRuntimeTierThereIsASentence() throws Exception {
        App app = given.app("terminal");
        Listener listener = new Listener();
        connect(app, "http://127.0.0.1:" + client.port(), listener).join();
        assertThat(listener.said.get(20, TimeUnit.SECONDS))
                .isEqualTo("{\"ended\":\"The runtime tier, which knows this, doesn't answer. See ./slipway status\"}");
        assertThat(listener.closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").json().findValuesAsString("kind"))
                .doesNotContain("TERMINAL_OPENED");
    }

    /// A runtime tier with a terminal that says what a test wants.
    private static final class RuntimeTier implements AutoCloseable {
        private static final byte[] ALIVE = {'K', 0, 0, 0, 0};
        private static final byte[] HELLO = {'O', 0, 0, 0, 2, 'h', 'i'};
        private static final byte[] NOTHING = {};

        private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private final HttpServer server;

        RuntimeTier() throws IOException {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), TestInstallation.RUNTIME_PORT), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                if (!path.endsWith("/terminals")) {
                    exchange.sendResponseHeaders(204, -1);
                    ended.complete(path);
                    frames.add(NOTHING);
                    return;
                }
                exchange.getResponseHeaders().add("Terminal", "t1");
                exchange.sendResponseHeaders(200, 0);
                for (byte[] frame = HELLO; frame.length > 0; frame = frames.take()) {
                    exchange.getResponseBody().write(frame);
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            frames.add(NOTHING);
            server.stop(0);
        }
    }

    @Test
    void itEndsWithTheTokenThatItWasOpenedWith() throws Exception {
        App app = given.app("terminal");
        try (RuntimeTier runtime = new RuntimeTier()) {
            Listener listener = new Listener();
            connect(app, null, listener).join();
            assertThat(listener.shown.get(20, TimeUnit.SECONDS)).isEqualTo("hi");
            revokeToken();
            runtime.frames.add(RuntimeTier.ALIVE);
            assertThat(listener.said.get(20, TimeUnit.SECONDS))
                    .isEqualTo("{\"ended\":\"The token that this terminal was opened with isn't good any more.\"}");
            assertThat(runtime.ended.get(20, TimeUnit.SECONDS)).endsWith("/terminals/t1/end");
            assertThat(listener.closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        }
    }
}
