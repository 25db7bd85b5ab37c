package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.apps.App;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.TestInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Here the runtime tier is away; what it answers is passed on as it is.
class AppLogApiTest extends ApiTest {
    @ParameterizedTest
    @ValueSource(strings = {"/logs", "/logs/stream", "/logs/download", "/metrics", "/metrics?range=WEEK"})
    void withoutTheRuntimeTierThereIsASentence(String resource) {
        App app = given.app("logs");
        Client.Answer answer = client.get("/api/v1/apps/" + app.name() + resource);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail())
                .isEqualTo("The runtime tier, which knows this, doesn't answer. See ./slipway status");
        assertThat(client.get("/api/v1/apps/no-such-app" + resource).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail=0", "tail=many", "release=new", "since=noon", "stream=stdin", "before=5"})
    void wrongParametersAreNamed(String parameter) {
        App app = given.app("logs");
        Client.Answer answer = client.get("/api/v1/apps/" + app.name() + "/logs?" + parameter);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith(parameter.replaceFirst("=.*", ""));
    }

    @Test
    void aDownloadThatBreaksOffDoesntLookWhole() throws Exception {
        App app = given.app("logs");
        String download = "/api/v1/apps/" + app.name() + "/logs/download";
        try (BreakingRuntime runtime = new BreakingRuntime("a line\n".repeat(10_000))) {
            assertThatThrownBy(() -> client.get(download)).hasStackTraceContaining("java.io.IOException");
        }
        try (BreakingRuntime runtime = new BreakingRuntime("a line\n")) {
            Client.Answer answer = client.get(download);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.detail()).startsWith("The answer broke off");
        }
    }

    /// Answers one request with a part of what it announces.
    private record BreakingRuntime(ServerSocket server) implements AutoCloseable {
        BreakingRuntime(String part) throws IOException {
            this(new ServerSocket(TestInstallation.RUNTIME_PORT, 1, InetAddress.getLoopbackAddress()));
            Thread.startVirtualThread(() -> {
                try (Socket reader = server.accept()) {
                    reader.getInputStream().read(new byte[4096]);
                    reader.getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + part)
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                    // the test is over
                }
            });
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Test
    void aHeadOfTheStreamTakesNoPlace() {
        App app = given.app("logs");
        assertThat(client.send(
                                "HEAD",
                                "/api/v1/apps/" + app.name() + "/logs/stream",
                                HttpRequest.BodyPublishers.noBody())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRangeThatIsntOneIsAnsweredWithThoseThatAre() {
        App app = given.app("logs");
        assertThat(client.get("/api/v1/apps/" + app.name() + "/metrics?range=YEAR")
                        .detail())
                .isEqualTo("range must be one of HOUR, SIX_HOURS, DAY, WEEK.");
    }

    @Test
    void nobodyReadsLogsWithoutAToken() {
        App app = given.app("logs");
        Client stranger = new Client(client.port());
        assertThat(stranger.get("/api/v1/apps/" + app.name() + "/logs/stream").status())
                .isEqualTo(401);
    }
}
