package dev.slipway.runtime;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.testing.FreePort;
import dev.slipway.runtime.testing.Load;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The program itself, in a process of its own.
@Timeout(120)
class RuntimeTierTest {
    private final int ownPort = FreePort.take();
    private TestPlatform platform;
    private Process program;
    private App app;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        platform.kill();
        program = launch();
        app = platform.app("shop", PROCESS);
        await().until(() -> health() == 200);
    }

    @AfterEach
    void stop() throws Exception {
        program.destroyForcibly().waitFor();
        platform.closeKilled();
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RuntimeTier.class.getName());
        builder.environment()
                .putAll(java.util.Map.of(
                        "SLIPWAY_HOME", platform.home.toString(),
                        "SLIPWAY_DB_URL", platform.databaseSettings.url(),
                        "SLIPWAY_DB_USER", platform.databaseSettings.user(),
                        "SLIPWAY_DB_PASSWORD", platform.databaseSettings.password(),
                        "SLIPWAY_INSTALLATION", platform.installation,
                        "SLIPWAY_HTTP_BIND", "127.0.0.1",
                        "SLIPWAY_HTTP_PORT", Integer.toString(platform.port),
                        "SLIPWAY_PLATFORM_PORT", Integer.toString(FreePort.take()),
                        "SLIPWAY_RUNTIME_PORT", Integer.toString(ownPort)));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private int health() {
        try {
            return own("/health", "").statusCode();
        } catch (IOException | InterruptedException notYet) {
            return 0;
        }
    }

    private HttpResponse<String> own(String path, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ownPort + path))
                .header("Authorization", "Bearer " + token)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void killedAndStartedAgainItServesWhatRuns() throws Exception {
        platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        String container = platform.containersOf(app).getFirst().getId();
        program.destroyForcibly().waitFor();
        program = launch();
        await().until(() -> {
            try {
                return platform.get("shop", "/").body().equals("one\n");
            } catch (IOException refused) {
                return false;
            }
        });
        await().until(() -> health() == 200);
        assertThat(platform.containersOf(app))
                .singleElement()
                .extracting(c -> c.getId())
                .isEqualTo(container);
    }

    @Test
    void sigtermLetsRequestsFinishAndInstancesGoOn() throws Exception {
        platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        List<String> broken;
        try (Load load = new Load("shop.localhost", platform.port, 4, false)) {
            await().until(() -> load.requests() > 200);
            program.destroy();
            assertThat(program.waitFor(12, TimeUnit.SECONDS)).isTrue();
            broken = load.failures();
        }
        // connections are refused or closed between two requests, but no request that was taken goes without
        // its answer
        assertThat(broken)
                .allMatch(
                        failure -> failure.contains("refused")
                                || failure.contains("reset")
                                || failure.contains("closed after \"\"")
                                || failure.contains("Broken pipe")
                                || failure.contains("503"),
                        "no half answers");
        assertThat(platform.containersOf(app))
                .singleElement()
                .extracting(c -> c.getState())
                .isEqualTo("running");
    }

    @Test
    void logsAreOnlyForWhoHasTheToken() throws Exception {
        platform.awaitState(
                platform.release(
                        app,
                        TestImages.script("echo to stdout; echo to stderr >&2; exec busybox httpd -f -p 8000 -h /"),
                        8000),
                ReleaseState.LIVE);
        String token = MasterKey.loadOrCreate(platform.home).derive("runtime/logs");
        String logs = "/apps/" + app.id() + "/logs";
        assertThat(own(logs, "wrong").statusCode()).isEqualTo(401);
        await().until(() -> own(logs + "/text?form=PLAIN", token).body().lines().toList(), hasSize(2));
        assertThat(own(logs + "/text?form=PLAIN", token).body()).contains("to stdout\n", "to stderr\n");
        assertThat(own(logs + "/text?form=PLAIN&limit=1", token).body().lines()).hasSize(1);
        assertThat(own(logs + "?q=STDERR", token).body())
                .contains("\"stream\":\"STDERR\",\"release\":1,\"instance\":\"shop-1-", "\"text\":\"to stderr\"");
        assertThat(own(logs + "?q=STDERR", token).body()).matches("\\{\"lines\":\\[\\{\"id\":\"[0-9]+-[0-9]+\",.*");
        assertThat(own("/apps/" + app.id() + "/metrics?range=7d", token).body()).startsWith("{\"stepSeconds\":1800,");
        assertThat(own("/apps/" + app.id() + "/metrics?range=1y", token).statusCode())
                .isEqualTo(400);
        assertThat(own("/metrics", token).body()).contains("# TYPE slipway_app_requests_total counter");
        assertThat(own("/metrics", "wrong").statusCode()).isEqualTo(401);
        assertThat(own("/apps/999/logs", token).body()).isEqualTo("{\"lines\":[],\"more\":false}");
        assertThat(own(logs + "?since=yesterday", token).statusCode()).isEqualTo(400);
        assertThat(own("/apps/..%2f..%2fetc/logs", token).statusCode()).isEqualTo(404);
    }

    @Test
    void logsSurviveItsDeathAndAreToldLive() throws Exception {
        platform.awaitState(
                platform.release(
                        app,
                        TestImages.script(
                                "(while true; do date; sleep 0.1; done) & exec busybox httpd -f -p 8000 -h /"),
                        8000),
                ReleaseState.LIVE);
        String token = MasterKey.loadOrCreate(platform.home).derive("runtime/logs");
        String logs = "/apps/" + app.id() + "/logs";
        await().until(() -> own(logs + "/text?form=PLAIN", token).body().lines().count() > 5);
        program.destroyForcibly().waitFor();
        program = launch();
        await().until(() -> health() == 200);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ownPort + logs + "/stream?order=OLDEST&limit=1"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (HttpClient http = HttpClient.newHttpClient();
                var stream =
                        http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            List<String> events =
                    stream.filter(line -> line.startsWith("id: ")).limit(10).toList();
            assertThat(events).doesNotHaveDuplicates();
        }
        List<String> texts =
                own(logs + "/text?limit=10000", token).body().lines().toList();
        assertThat(texts).doesNotHaveDuplicates();
    }
}
