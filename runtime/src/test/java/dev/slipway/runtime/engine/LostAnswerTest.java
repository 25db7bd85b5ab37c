package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// The engine made a container, but nobody heard so: its name is taken when it is to be made again.
class LostAnswerTest {
    private static final String CONFLICT =
            "HTTP/1.1 409 Conflict\r\nContent-Length: 30\r\n\r\n{\"message\":\"the name is used\"}";
    private static final String DONE = "HTTP/1.1 204 No Content\r\n\r\n";

    private static ContainerSpec spec(Map<String, String> labels) {
        return new ContainerSpec("shop-1", "sha256:1", Map.of(), labels, new ContainerSpec.Limits(64, 1000, 64));
    }

    private static String container(String id, String status) {
        return ScriptedEngine.json("{\"Id\":\"" + id + "\",\"State\":{\"Status\":\"" + status + "\",\"Running\":"
                + status.equals("running") + "}}");
    }

    /// An engine that gives the name away again when what has it was removed.
    private static ScriptedEngine takenUntilRemoved() throws IOException {
        AtomicBoolean taken = new AtomicBoolean(true);
        return new ScriptedEngine(line -> {
            if (line.contains("/containers/create")) {
                return taken.get() ? CONFLICT : ScriptedEngine.json("{\"Id\":\"second\"}");
            }
            if (line.startsWith("DELETE")) {
                taken.set(false);
            }
            return line.contains("/json") ? container("second", "running") : DONE;
        });
    }

    @Test
    void anInstancesIsRemovedAndMadeAnew() throws Exception {
        try (ScriptedEngine scripted = takenUntilRemoved();
                DockerEngine engine = scripted.client()) {
            Container started = engine.start(spec(Map.of(Labels.INSTANCE, "shop-1")));
            assertThat(started.id()).isEqualTo("second");
            assertThat(calls(scripted))
                    .containsExactly(
                            "POST create", "DELETE shop-1 by force", "POST create", "POST second", "GET second");
        }
    }

    @Test
    void aCommandsThatWasNeverStartedIsMadeAnew() throws Exception {
        try (ScriptedEngine scripted = takenUntilRemoved();
                DockerEngine engine = scripted.client()) {
            engine.start(spec(Map.of(Labels.RUN, "shop-run-1")));
            assertThat(calls(scripted))
                    .containsExactly("POST create", "DELETE shop-1", "POST create", "POST second", "GET second");
        }
    }

    @Test
    void aCommandThatHasBegunIsNotRunTwice() throws Exception {
        try (ScriptedEngine scripted =
                        new ScriptedEngine(line -> line.startsWith("GET") ? container("first", "running") : CONFLICT);
                DockerEngine engine = scripted.client()) {
            assertThatThrownBy(() -> engine.start(spec(Map.of(Labels.RUN, "shop-run-1"))))
                    .isInstanceOf(EngineException.Unavailable.class)
                    .hasMessageContaining("had been started");
            assertThat(calls(scripted)).containsExactly("POST create", "DELETE shop-1", "GET shop-1");
        }
    }

    /// What was asked of containers, without version and prefix.
    private static List<String> calls(ScriptedEngine scripted) {
        return scripted.requests().stream()
                .filter(line -> line.contains("/containers/"))
                .map(line -> line.replaceFirst(" \\S*/containers/(?:slipway\\S*?-(?=shop))?", " ")
                        .replaceFirst("\\?\\S*force=true\\S*", " by force")
                        .replaceFirst("[?/]\\S*", "")
                        .replaceFirst(" HTTP.*", ""))
                .toList();
    }
}
