package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Docker stops in the middle: what runs goes on being served, what was building is built when the engine is
/// back.
class EngineAwayTest {
    private static final String SLOW_BUILD = """
            FROM scratch
            COPY busybox /bin/busybox
            COPY index.html /www/index.html
            RUN ["/bin/busybox", "sleep", "4"]
            EXPOSE 8000
            CMD ["/bin/busybox", "httpd", "-f", "-p", "8000", "-h", "/www"]
            """;

    @Test
    void aBuildIsBuiltAgainWhenTheEngineIsBackAndTheAppIsServedMeanwhile() {
        try (EngineProxy engine = new EngineProxy();
                TestPlatform platform = TestPlatform.start(Map.of("DOCKER_HOST", engine.dockerHost()))) {
            platform.createApp("shop");
            SampleRepository repository =
                    SampleRepository.create().write("index.html", "version 1\n").commit("One");
            repository.push(platform, "shop");
            platform.awaitVisit("shop", "200 version 1");
            repository
                    .write("Dockerfile", SLOW_BUILD)
                    .write("index.html", "version 2\n")
                    .commit("Two")
                    .pushInBackground(platform, "shop");
            platform.awaitBuild("shop", 2, "RUNNING");
            engine.shut();
            platform.await(
                    "the build to be given back",
                    "/api/v1/apps/shop/builds/2",
                    build -> !build.path("state").asString().equals("RUNNING"));
            assertThat(platform.visit("shop")).isEqualTo("200 version 1");
            engine.open();
            platform.awaitVisit("shop", "200 version 2");
            platform.awaitBuild("shop", 2, "SUCCEEDED");
        }
    }
}
