package dev.slipway.runtime.engine;

import static dev.slipway.runtime.engine.ScriptedEngine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.slipway.runtime.testing.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An engine that hangs, lies or goes away: nothing is known then, and nothing waits for ever.
@Timeout(20)
class BrokenEngineTest {
    private static final String STREAM = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String death(String id) {
        return chunk("{\"Type\":\"container\",\"Actor\":{\"ID\":\"" + id + "\"}}\n");
    }

    private static void with(Function<String, String> script, ThrowingConsumer test) throws Exception {
        try (ScriptedEngine scripted = new ScriptedEngine(script);
                DockerEngine engine = scripted.client()) {
            test.accept(scripted, engine);
        }
    }

    private interface ThrowingConsumer {
        void accept(ScriptedEngine scripted, DockerEngine engine) throws Exception;
    }

    @Test
    void anEngineThatHangsIsUnavailableWhenTimeIsOver() throws Exception {
        try (ScriptedEngine scripted = new ScriptedEngine(line -> "");
                DockerApi api =
                        new DockerApi(DockerHost.parse(scripted.settings().host()))) {
            Request request = Request.get("/info").within(Duration.ofMillis(200));
            assertThatThrownBy(() -> DockerApi.call("look", () -> api.send(request)))
                    .isInstanceOf(EngineException.Unavailable.class)
                    .hasMessageContaining("it took too long");
        }
    }

    /// Somebody has removed it beside us; the engine would go through all the machine's volumes at each look.
    @Test
    void aVolumeThatIsGoneIsntLookedForAmongAllOthers() throws Exception {
        with(line -> NOT_FOUND, (scripted, engine) -> {
            assertThat(engine.volumeUsage(List.of("shop-1-data"))).isEmpty();
            assertThat(scripted.requests()).hasSize(1);
        });
    }

    @Test
    void oneThatIsElsewhereIsAddedUpByTheEngine() throws Exception {
        String listed = "{\"Volumes\":[{\"Name\":\"slipway-mine-shop\",\"UsageData\":{\"Size\":7}}]}";
        with(
                line -> json(line.contains("/system/df") ? listed : "{\"Mountpoint\":\"/else/where\"}"),
                (scripted, engine) -> assertThat(engine.volumeUsage(List.of("shop")))
                        .containsEntry("shop", new VolumeUsage(7, true)));
    }

    @Test
    void anAnswerThatStopsHalfWayIsGivenUpToo() throws Exception {
        try (ScriptedEngine scripted = new ScriptedEngine(line -> "+HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
                DockerApi api =
                        new DockerApi(DockerHost.parse(scripted.settings().host()))) {
            Request request = Request.get("/info").within(Duration.ofMillis(200));
            assertThatThrownBy(() -> DockerApi.call("look", () -> api.send(request)))
                    .isInstanceOf(EngineException.Unavailable.class)
                    .hasMessageContaining("it took too long");
        }
    }

    @Test
    void whileACommandThatTookTooLongRunsItsContainerGetsNoOther() throws Exception {
        AtomicInteger running = new AtomicInteger(1);
        Function<String, String> script = line -> {
            if (line.contains("/exec/x/start")) {
                return "";
            }
            return line.contains("/exec/x/json")
                    ? json("{\"Running\":" + (running.get() > 0) + ",\"Pid\":0}")
                    : json("{\"Id\":\"x\"}");
        };
        with(script, (scripted, engine) -> {
            Duration limit = Duration.ofMillis(200);
            for (int i = 0; i < 3; i++) {
                assertThat(engine.run("c", List.of("check"), limit)).isEqualTo(new CommandEnd.TimedOut());
            }
            assertThat(scripted.requests())
                    .filteredOn(line -> line.contains("/start"))
                    .hasSize(1);
            running.set(0);
            engine.run("c", List.of("check"), limit);
            assertThat(scripted.requests())
                    .filteredOn(line -> line.contains("/start"))
                    .hasSize(2);
        });
    }

    @Test
    void closingEndsACallOnAnotherThread() throws Exception {
        with(line -> "", (scripted, engine) -> {
            BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
            Thread.ofVirtual().start(() -> {
                try {
                    engine.list();
                } catch (EngineException e) {
                    failures.add(e);
                }
            });
            await().until(() -> !scripted.requests().isEmpty());
            engine.close();
            assertThat(failures.poll(5, TimeUnit.SECONDS)).isInstanceOf(EngineException.Unavailable.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                STREAM + "5\r\n[]\r\n",
                STREAM + "zz\r\n[]\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[",
                "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n[{\"Env\":[\"KEY=s3cret]}]",
                "no HTTP at all\r\n\r\n",
            })
    void aBrokenAnswerIsUnavailableAndQuotesNothing(String answer) throws Exception {
        with(
                line -> answer,
                (scripted, engine) -> assertThatThrownBy(engine::list)
                        .isInstanceOf(EngineException.Unavailable.class)
                        .satisfies(e -> assertThat(trace(e)).doesNotContain("s3cret")));
    }

    private static String trace(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void oneContainerThatItCantShowHidesNoOther() throws Exception {
        String list = "[{\"Id\":\"a\",\"State\":\"created\",\"Labels\":{\"dev.slipway.installation\":\"mine\"}},"
                + "{\"Id\":\"b\",\"State\":\"exited\",\"Labels\":{\"dev.slipway.installation\":\"mine\"}}]";
        String ended = "{\"Id\":\"b\",\"State\":{\"Status\":\"exited\",\"ExitCode\":3}}";
        Function<String, String> script = line -> line.contains("/containers/a/json")
                ? "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
                : json(line.contains("/containers/b/json") ? ended : list);
        with(
                script,
                (scripted, engine) -> assertThat(engine.list())
                        .extracting(Container::id, Container::status)
                        .containsExactly(
                                tuple("a", new Container.Status.Unknown()),
                                tuple("b", new Container.Status.Exited(3, false))));
    }

    @Test
    void aHugeAnswerIsNotRead() throws Exception {
        String huge = json("[\"" + "x".repeat(9 << 20) + "\"]");
        with(
                line -> huge,
                (scripted, engine) -> assertThatThrownBy(engine::list)
                        .isInstanceOf(EngineException.Unavailable.class)
                        .hasMessageContaining("more than 8 MiB"));
    }

    @Test
    void anEventStreamThatIsCutEndsOnce() throws Exception {
        with(line -> "+" + STREAM + death("a") + "ff\r\n{\"Act", (scripted, engine) -> {
            BlockingQueue<String> deaths = new LinkedBlockingQueue<>();
            AtomicInteger ends = new AtomicInteger();
            try (AutoCloseable events = engine.deaths(deaths::add, ends::incrementAndGet)) {
                assertThat(deaths.poll(5, TimeUnit.SECONDS)).isEqualTo("a");
                assertThat(ends).hasValue(0);
                scripted.cut();
                await().until(() -> ends.get() == 1);
                assertThat(events).isNotNull();
            }
            assertThat(ends).hasValue(1);
            assertThat(deaths).isEmpty();
        });
    }

    @Test
    void aPullThatFailsAfterItBeganIsNoImageAndShowsNoPassword() throws Exception {
        ImageSource source = new ImageSource(
                new dev.slipway.db.images.Digest("sha256:" + "1".repeat(64)),
                "shop",
                new dev.slipway.db.images.Digest("sha256:" + "2".repeat(64)));
        Function<String, String> script = line -> line.startsWith("GET")
                ? json("{\"message\":\"no such image\"}").replace("200 OK", "404 Not Found")
                : STREAM + chunk("{\"status\":\"Pulling\"}\r\n") + chunk("{\"error\":\"manifest unknown\"}\r\n")
                        + "0\r\n\r\n";
        try (TestRegistry registry = new TestRegistry();
                ScriptedEngine scripted = new ScriptedEngine(script);
                DockerEngine engine = new DockerEngine(new DockerSettings(
                        scripted.settings().host(), "scripted", registry.address(), "slipway-runtime", "s3cret"))) {
            assertThatThrownBy(() -> engine.ensureImage(source))
                    .isInstanceOf(EngineException.ImageUnavailable.class)
                    .hasMessageContaining("couldn't pull")
                    .hasMessageContaining("manifest unknown")
                    .satisfies(e -> assertThat(trace(e)).doesNotContain("s3cret"));
            registry.leave();
            assertThatThrownBy(() -> engine.ensureImage(source))
                    .isInstanceOf(EngineException.RegistryAway.class)
                    .satisfies(e -> assertThat(trace(e)).doesNotContain("s3cret"));
        }
    }

    @Test
    void outputIsCopiedFrameByFrameAndACutFrameIsAnError() throws Exception {
        String frames = "\1\0\0\0\0\0\0\3one\2\0\0\0\0\0\0\4two\n";
        with(line -> json(frames), (scripted, engine) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            engine.logs("x", 5, out);
            assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("onetwo\n");
        });
        with(
                line -> json(frames.substring(0, 10)),
                (scripted, engine) -> assertThatThrownBy(() -> engine.logs("x", 5, new ByteArrayOutputStream()))
                        .isInstanceOf(EngineException.Unavailable.class));
        with(
                line -> json(frames),
                (scripted, engine) -> assertThatThrownBy(() -> engine.logs("x", 5, failing()))
                        .isExactlyInstanceOf(IOException.class)
                        .hasMessage("the reader left"));
    }

    private static java.io.OutputStream failing() {
        return new java.io.OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the reader left");
            }
        };
    }

    @Test
    void theVersionIsOneThatBothSpeak() throws Exception {
        with(line -> json("[]"), (scripted, engine) -> {
            engine.list();
            assertThat(scripted.requests()).allMatch(line -> line.startsWith("GET /v1.41/"));
        });
    }

    @Test
    void secretsStayOutOfWhatIsPrinted() {
        Request request = Request.post("/containers/create").with(Map.of("Env", List.of("KEY=s3cret")));
        assertThat(request.toString()).isEqualTo("POST /containers/create");
        assertThat(Request.post("/x").with("X-Registry-Auth", "s3cret").toString())
                .isEqualTo("POST /x");
    }
}
