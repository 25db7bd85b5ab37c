package dev.slipway.runtime.terminal;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.engine.Terminal;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Terminals in real containers, as platform-server uses them.
@Timeout(120)
class TerminalsTest {
    private static final TerminalLimits LIMITS =
            new TerminalLimits(3, 2, Duration.ofMinutes(5), Duration.ofMinutes(10));

    private TestPlatform platform;
    /// Made after the platform, which lets clients set the header Host.
    private HttpClient http;
    private App app;
    private Terminals terminals;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        http = HttpClient.newHttpClient();
        app = platform.app("shop", PROCESS);
        platform.config(app, 1, "{\"GREETING\":\"ahoy from the config\"}");
        platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        await().until(() -> platform.terminalSource()
                .container(app.id(), "0", List.of("sh"))
                .isPresent());
        open(LIMITS);
    }

    private void open(TerminalLimits limits) throws IOException {
        terminals = new Terminals(platform.engine(), limits);
        terminals.start(platform.terminalSource());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new TerminalEndpoint(terminals)::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        terminals.close();
        server.stop(0);
        platform.close();
    }

    private HttpResponse<java.io.InputStream> post(String path, byte[] body) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/apps/" + app.id() + "/terminals" + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    /// What somebody sees, and types.
    private final class Screen {
        private final String id;
        private final DataInputStream frames;
        private final StringBuilder shown = new StringBuilder();
        private String end = "";

        Screen(String command) throws Exception {
            HttpResponse<java.io.InputStream> answer =
                    post("?columns=80&rows=24", command.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).isEqualTo(200);
            id = answer.headers().firstValue("Terminal").orElseThrow();
            frames = new DataInputStream(answer.body());
        }

        void type(String keys) throws Exception {
            assertThat(post("/" + id + "/keys", keys.getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(204);
        }

        /// Reads until this is seen, or the end.
        String until(String text) throws IOException {
            while (shown.indexOf(text) < 0 && end.isEmpty()) {
                char kind = (char) frames.readByte();
                String said = new String(frames.readNBytes(frames.readInt()), StandardCharsets.UTF_8);
                switch (kind) {
                    case 'O' -> shown.append(said);
                    case 'E' -> end = said;
                    default -> assertThat(kind).isEqualTo('K');
                }
            }
            String seen = shown.toString();
            shown.setLength(0);
            return seen;
        }

        String end() throws IOException {
            until("no such text ever");
            return end;
        }
    }

    private Set<String> containers() {
        return platform.containers().stream()
                .filter(c -> c.getLabels().containsKey(Labels.TERMINAL))
                .map(com.github.dockerjava.api.model.Container::getId)
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void aShellInTheLiveReleaseWithItsConfigOnAScreenOfThatSize() throws Exception {
        Screen screen = new Screen("[\"sh\"]");
        screen.type("echo $GREETING $SLIPWAY_PROCESS; stty size\r");
        assertThat(screen.until("24 80")).contains("ahoy from the config terminal");
        assertThat(post("/" + screen.id + "/size?columns=132&rows=50", new byte[0])
                        .statusCode())
                .isEqualTo(204);
        screen.type("stty size\r");
        screen.until("50 132");
        screen.type("exit 3\r");
        assertThat(screen.end()).contains("ended with exit code 3.");
        await().until(() -> containers().isEmpty());
        assertThat(post("/" + screen.id + "/keys", new byte[] {1}).statusCode()).isEqualTo(404);
    }

    @Test
    void keysReachTheProgramAsTheyAre() throws Exception {
        Screen screen = new Screen("[\"sh\", \"-c\", \"stty raw -echo; echo ready; od -An -tx1 -w8 -N 8\"]");
        screen.until("ready");
        post("/" + screen.id + "/keys", new byte[] {0, 3, 4, 13, 27, (byte) 0xc3, (byte) 0xa9, (byte) 0xff});
        assertThat(screen.until("ff")).contains("00 03 04 0d 1b c3 a9 ff");
    }

    @Test
    void itsContainerKeepsNothingOfWhatWasShown() throws Exception {
        Screen screen = new Screen("[\"sh\"]");
        screen.type("echo shown to nobody else\r");
        screen.until("nobody else");
        String id = containers().iterator().next();
        assertThat(TestImages.docker()
                        .inspectContainerCmd(id)
                        .exec()
                        .getHostConfig()
                        .getLogConfig()
                        .getType()
                        .getType())
                .isEqualTo("none");
    }

    @Test
    void whoHangsUpLeavesNothingBehind() throws Exception {
        Screen screen = new Screen("[\"sh\"]");
        screen.type("echo here\r");
        screen.until("here");
        screen.frames.close();
        await().until(() -> containers().isEmpty());
    }

    @Test
    void aProgramThatIsntThereIsSaid() throws Exception {
        assertThat(new Screen("[\"no-such-shell\"]").end()).contains("no such program (exit code 127)");
    }

    @Test
    void onlySoManyAtATime() throws Exception {
        Screen first = new Screen("[\"sh\"]");
        Screen second = new Screen("[\"sh\"]");
        HttpResponse<java.io.InputStream> third =
                post("?columns=80&rows=24", "[\"sh\"]".getBytes(StandardCharsets.UTF_8));
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(new String(third.body().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("the app has already 2 terminals\n");
        post("/" + first.id + "/end", new byte[0]);
        assertThat(first.end()).contains("It was closed.");
        await().until(() -> containers().size() == 1);
        assertThat(new Screen("[\"sh\"]").id).isNotEqualTo(second.id);
    }

    @Test
    void thoseThatAreJustBeingStartedCountToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        try (Terminals slow = new Terminals(platform.engine(), LIMITS);
                ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
            slow.start((appId, id, command) -> {
                if (asked.getCount() > 0) {
                    asked.countDown();
                    answer.join();
                }
                return Optional.empty();
            });
            Callable<Void> start = () -> {
                slow.run(7, List.of("sh"), new Terminal.Size(80, 24), id -> OutputStream.nullOutputStream());
                return null;
            };
            List<Future<Void>> starting = List.of(two.submit(start), two.submit(start));
            asked.await();
            assertThatThrownBy(start::call).hasMessage("the app has already 2 terminals");
            answer.complete(null);
            for (Future<Void> one : starting) {
                assertThatThrownBy(one::get).hasMessageContaining("nothing of the app is live yet");
            }
            assertThatThrownBy(start::call).hasMessage("nothing of the app is live yet");
        }
    }

    @Test
    void whereNothingHappensItEnds() throws Exception {
        stopTerminals();
        open(new TerminalLimits(3, 3, Duration.ofSeconds(1), Duration.ofMinutes(1)));
        assertThat(new Screen("[\"sleep\", \"100\"]").end()).contains("Nothing happened for 1 s");
    }

    @Test
    void aRestartEndsItWithAWordAndWhatACrashLeavesIsRemoved() throws Exception {
        Screen screen = new Screen("[\"sh\"]");
        stopTerminals();
        assertThat(screen.end()).contains("The runtime tier was restarted.");
        assertThat(containers()).isEmpty();
        open(LIMITS);
        Screen other = new Screen("[\"sh\"]");
        Terminals next = new Terminals(platform.engine(), LIMITS);
        next.start(platform.terminalSource());
        next.listed(platform.engine().list());
        assertThat(other.end()).contains("reason");
        await().until(() -> containers().isEmpty());
        next.close();
    }

    private void stopTerminals() {
        terminals.close();
        server.stop(0);
    }

    @Test
    void ofADeletedAppItEnds() throws Exception {
        Screen screen = new Screen("[\"sh\"]");
        terminals.keepOnly(Set.of());
        assertThat(screen.end()).contains("The app was deleted.");
    }

    @Test
    void aFloodOfOutputWaitsForWhoLooks() throws Exception {
        Screen screen = new Screen("[\"sh\", \"-c\", \"head -c 20000000 /dev/zero | tr '\\\\0' y; echo the-end\"]");
        long seen = 0;
        String part = "";
        while (!part.contains("the-end")) {
            part = screen.until("y");
            seen += part.length();
        }
        assertThat(seen).isGreaterThan(20_000_000);
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        for (String path : List.of("", "?columns=0&rows=24", "?columns=80", "?columns=80&rows=9999")) {
            assertThat(post(path, "[\"sh\"]".getBytes(StandardCharsets.UTF_8)).statusCode())
                    .isEqualTo(400);
        }
        assertThat(post("?columns=80&rows=24", new byte[70_000]).statusCode()).isEqualTo(400);
        assertThat(post("/0123456789abcdef/keys", new byte[1]).statusCode()).isEqualTo(404);
    }
}
