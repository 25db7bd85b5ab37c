package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.platform.testing.Client;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who gets a terminal. Here the runtime tier is away.
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

    @Test
    void withoutTheRuntimeTierThereIsASentence() throws Exception {
        App app = given.app("terminal");
        CompletableFuture<String> said = new CompletableFuture<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
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
        };
        connect(app, "http://127.0.0.1:" + client.port(), listener).join();
        assertThat(said.get(20, TimeUnit.SECONDS))
                .isEqualTo("{\"ended\":\"The runtime tier, which knows this, doesn't answer. See ./slipway status\"}");
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").json().findValuesAsString("kind"))
                .doesNotContain("TERMINAL_OPENED");
    }
}
