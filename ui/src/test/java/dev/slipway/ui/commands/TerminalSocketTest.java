package dev.slipway.ui.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.apps.App;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.access.TokenService;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.testing.DashboardTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What a program sees of a terminal; something like a shell is at its other end.
class TerminalSocketTest extends DashboardTest {
    private static final int WINDOW = 256 << 10;
    private static final int PIECE = 32 << 10;

    @LocalServerPort
    private int port;

    @Autowired
    private TokenService tokens;

    @Autowired
    private AppService apps;

    /// Counts what comes, and says how much of it was shown when told to.
    private static final class Screen implements WebSocket.Listener {
        private final AtomicLong bytes = new AtomicLong();
        private final StringBuffer shown = new StringBuffer();
        private volatile String ended = "";
        private volatile boolean tells;

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            int length = data.remaining();
            shown.append(StandardCharsets.UTF_8.decode(data));
            bytes.addAndGet(length);
            if (tells) {
                tell(socket, length);
            }
            socket.request(1);
            return null;
        }

        void tell(WebSocket socket, long length) {
            socket.sendText("{\"shown\":" + length + "}", true).join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            ended = text.toString();
            socket.request(1);
            return null;
        }
    }

    private WebSocket connect(Screen screen) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header(
                        "Authorization",
                        "Bearer " + tokens.create("admin", "terminal", null).secret())
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + port + "/api/v1/apps/shop/terminal?columns=90&rows=20"), screen)
                .join();
    }

    private static void type(WebSocket socket, String keys) {
        socket.sendBinary(ByteBuffer.wrap(keys.getBytes(StandardCharsets.UTF_8)), true)
                .join();
    }

    private List<EventKind> events(App app) {
        return apps.events(app.name().value(), Long.MAX_VALUE, 20).stream()
                .map(Event::kind)
                .toList();
    }

    @Test
    void keysGoThereOutputComesBackAndTheHistorySaysWhoHadIt() {
        App app = sample().hosted("shop", ProcessSpec.DEFAULT);
        Screen screen = new Screen();
        WebSocket socket = connect(screen);
        type(socket, "stty size\r");
        await().until(() -> screen.shown.indexOf("20 90") >= 0);
        socket.sendText("{\"columns\":120,\"rows\":40}", true).join();
        socket.sendText("not JSON", true).join();
        type(socket, "stty size\r");
        await().until(() -> screen.shown.indexOf("40 120") >= 0);
        assertThat(events(app)).contains(EventKind.TERMINAL_OPENED).doesNotContain(EventKind.TERMINAL_CLOSED);
        type(socket, "exit\r");
        await().until(() -> screen.ended.equals("{\"ended\":\"It ended with exit code 0.\"}"));
        await().until(() -> events(app).contains(EventKind.TERMINAL_CLOSED));
    }

    @Test
    void whoHangsUpEndsIt() {
        App app = sample().hosted("shop", ProcessSpec.DEFAULT);
        Screen screen = new Screen();
        WebSocket socket = connect(screen);
        await().until(() -> screen.shown.indexOf("#") >= 0);
        socket.abort();
        await().until(() -> events(app).contains(EventKind.TERMINAL_CLOSED));
    }

    @Test
    void outputWaitsForWhoShowsIt() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
        Screen screen = new Screen();
        WebSocket socket = connect(screen);
        type(socket, "flood\r");
        await().until(() -> screen.bytes.get() > WINDOW);
        await().during(Duration.ofSeconds(1)).until(() -> screen.bytes.get() <= WINDOW + PIECE);
        screen.tells = true;
        screen.tell(socket, screen.bytes.get());
        await().until(() -> screen.shown.indexOf("the flood is over") >= 0);
        assertThat(screen.bytes.get()).isGreaterThan(2 << 20);
    }
}
