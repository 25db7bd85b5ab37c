package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is listed may be removed, so nothing of others may ever be listed, whatever the engine answers.
@Timeout(20)
class OwnershipTest {
    private static final String ID = "sha256:" + "1".repeat(64);

    private static String container(String id, String labels) {
        return "{\"Id\":\"" + id + "\",\"State\":\"running\",\"Created\":1,\"Labels\":" + labels
                + ",\"NetworkSettings\":{\"Networks\":{\"slipway-mine\":{\"IPAddress\":\"172.18.0.2\"}}}}";
    }

    private static String label(String installation) {
        return "{\"" + Labels.INSTALLATION + "\":\"" + installation + "\",\"" + Labels.APP + "\":\"1\"}";
    }

    @Test
    void anEngineThatIgnoresTheFilterShowsNothingOfOthers() throws IOException {
        String all = "[" + container("a", label("mine")) + "," + container("b", label("other")) + ","
                + container("c", "null") + "," + container("d", "{}") + "]";
        try (ScriptedEngine scripted = new ScriptedEngine(line -> ScriptedEngine.json(all));
                DockerEngine engine = scripted.client()) {
            assertThat(engine.list()).extracting(Container::id).containsExactly("a");
        }
    }

    @Test
    void imagesOfOthersArentListedEither() throws IOException {
        String all =
                "[{\"Id\":\"" + ID + "\",\"Labels\":" + label("other") + "},{\"Id\":\"" + ID + "\",\"Labels\":null}]";
        try (ScriptedEngine scripted = new ScriptedEngine(line -> ScriptedEngine.json(all));
                DockerEngine engine = scripted.client()) {
            assertThat(engine.images()).isEmpty();
        }
    }

    @Test
    void aVolumeOfOthersIsNeitherMountedNorRemoved() throws IOException {
        String theirs = "{\"Name\":\"slipway-mine-data\",\"Labels\":" + label("other") + "}";
        try (ScriptedEngine scripted = new ScriptedEngine(line -> ScriptedEngine.json(theirs));
                DockerEngine engine = scripted.client()) {
            assertThatThrownBy(() -> engine.removeVolume("data"))
                    .isInstanceOf(EngineException.Refused.class)
                    .hasMessageContaining("belongs to somebody else");
            assertThatThrownBy(() -> engine.ensureVolume(new VolumeSpec("data", java.util.Map.of(), false)))
                    .hasMessageContaining("belongs to somebody else");
            assertThat(scripted.requests()).noneMatch(line -> line.startsWith("DELETE"));
        }
    }

    @Test
    void theFilterReachesTheEngineAsOneParameter() throws IOException {
        try (ScriptedEngine scripted = new ScriptedEngine(line -> ScriptedEngine.json("[]"));
                DockerEngine engine = scripted.client()) {
            engine.list();
            engine.images();
            engine.deaths(id -> {}, () -> {});
            assertThat(scripted.requests())
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(URLDecoder.decode(line, StandardCharsets.UTF_8))
                            .containsOnlyOnce("?")
                            .containsPattern("[?&]filters=\\{")
                            .contains("\"" + Labels.INSTALLATION + "=mine\""));
        }
    }

    @Test
    void aPathWithTwoQueriesIsNoRequest() {
        assertThatThrownBy(() -> Request.get("/containers/json?all=true&?filters=x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Request.get("/x HTTP/1.1\r\nHost: y")).isInstanceOf(IllegalArgumentException.class);
    }
}
