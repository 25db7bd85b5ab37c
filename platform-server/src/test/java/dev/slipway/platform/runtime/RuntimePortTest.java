package dev.slipway.platform.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Problem;
import dev.slipway.platform.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimePortTest {
    private final MasterKey key = MasterKey.ephemeral();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer runtime;
    private InstanceLogs logs;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        runtime = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        runtime.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] words = "since isn't a time".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, words.length);
                exchange.getResponseBody().write(words);
            }
        });
        runtime.start();
        String port = Integer.toString(runtime.getAddress().getPort());
        logs = new InstanceLogs(new RuntimePort(new Variables(Map.of("SLIPWAY_RUNTIME_PORT", port)), key));
    }

    @AfterEach
    void stop() {
        runtime.stop(0);
    }

    private static LogSelection searching(String text) {
        return new LogSelection(null, null, 10, null, 3, "STDERR", text, null, null);
    }

    @Test
    void theSelectionIsPassedOnEscapedWithTheToken() throws IOException {
        try (InputStream page = logs.page(7, searching("a&b=ü c"))) {
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("since isn't a time");
        }
        assertThat(asked)
                .containsExactly(
                        "/apps/7/logs?order=NEWEST&form=FULL&limit=10&release=3&stream=STDERR&q=a%26b%3D%C3%BC+c Bearer "
                                + key.derive("runtime/logs"));
    }

    @Test
    void whatItRefusesAndWhenItIsAwayAreProblems() {
        status = 400;
        assertThatThrownBy(() -> logs.page(7, searching("x")))
                .isInstanceOf(Problem.class)
                .hasMessage("Since isn't a time.");
        status = 503;
        assertThatThrownBy(() -> logs.live(7, searching("x")))
                .extracting(e -> ((Problem) e).kind())
                .isEqualTo(Problem.Kind.CONFLICT);
        runtime.stop(0);
        assertThatThrownBy(() -> logs.page(7, searching("x"))).hasMessageContaining("doesn't answer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "yesterday|-|-|-|-|since must be a time",
                "-|-|0|-|-|tail must be between",
                "-|-|10001|-|-|tail must be between",
                "-|../etc|-|-|-|instance must be",
                "-|-|-|STDIN|-|stream must be",
                "-|-|-|-|1-x|before must be",
            })
    void whatCantBeMeantIsRefusedBeforeItIsAskedFor(
            String since, String instance, Integer tail, String stream, String before, String sentence) {
        LogSelection selection = new LogSelection(since, null, tail, instance, null, stream, null, before, null);
        assertThatThrownBy(() -> logs.page(7, selection))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(sentence);
        assertThat(asked).isEmpty();
    }
}
