package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The engine is restarted underneath the platform, as an upgrade of its package does.
class EngineRestartTest {
    private static final String NO_RUN = """
            FROM scratch
            COPY busybox /bin/busybox
            COPY index.html /www/index.html
            EXPOSE 8000
            CMD ["/bin/busybox", "httpd", "-f", "-p", "8000", "-h", "/www"]
            """;

    @Test
    void whenContainersOutliveTheEngineNoVisitorNoticesAndWhatWaitedIsDoneAfterwards() {
        try (OwnEngine engine = new OwnEngine(true);
                TestPlatform platform = TestPlatform.start(Map.of("DOCKER_HOST", engine.dockerHost()))) {
            push(platform);
            try (Load load = Load.on(platform, "shop", 2)) {
                engine.stop();
                assertThat(platform.call("PATCH", "/api/v1/apps/shop/config", "{\"COLOUR\": \"green\"}")
                                .statusCode())
                        .isEqualTo(200);
                platform.await(
                        "a word about what it waits for",
                        "/api/v1/apps/shop/instances",
                        page -> page.path("items")
                                .valueStream()
                                .map(instance -> instance.path("message").asString(""))
                                .anyMatch(message -> message.startsWith("Waiting for Docker")));
                long before = load.requests();
                Awaitility.await("visits without an engine").until(() -> load.requests() > before + 200);
                engine.start();
                platform.awaitRelease("shop", 2, "LIVE");
                assertThat(load.failures()).isEmpty();
            }
            assertThat(platform.visit("shop")).isEqualTo("200 version 1");
        }
    }

    @Test
    void whenTheContainersEndWithTheEngineTheyAreStartedAgain() {
        try (OwnEngine engine = new OwnEngine(false);
                TestPlatform platform = TestPlatform.start(Map.of("DOCKER_HOST", engine.dockerHost()))) {
            push(platform);
            engine.stop();
            engine.start();
            platform.awaitVisit("shop", "200 version 1");
            platform.awaitRelease("shop", 1, "LIVE");
            JsonNode instances = platform.await(
                    "one instance that serves",
                    "/api/v1/apps/shop/instances",
                    page -> page.path("items").path(0).path("state").asString().equals("SERVING"));
            assertThat(instances.toString())
                    .as("it isn't held against the app that the engine stopped")
                    .doesNotContain("FAILED");
            assertThat(engine.containers()).hasSize(1);
        }
    }

    private static void push(TestPlatform platform) {
        platform.createApp("shop");
        SampleRepository.create()
                .write("Dockerfile", NO_RUN)
                .write("index.html", "version 1\n")
                .commit("One")
                .push(platform, "shop");
        platform.awaitVisit("shop", "200 version 1");
    }
}
