package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.Load;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody gets an error because of a deploy, a failed deploy, a rollback or a change of the number of
/// instances.
@Timeout(180)
class UnderLoadTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noRequestFails(boolean keepAlive) throws Exception {
        List<Digest> images = List.of(image(keepAlive, "one"), image(keepAlive, "two"), image(keepAlive, "three"));
        try (TestPlatform platform = new TestPlatform()) {
            App app = platform.app("shop", PROCESS);
            Release first = platform.awaitState(platform.release(app, images.get(0), 8000), ReleaseState.LIVE);
            Load load = new Load("shop.localhost", platform.port, 8, keepAlive);
            try (load) {
                await().until(() -> load.requests() > 300);
                platform.awaitState(platform.release(app, images.get(1), 8000), ReleaseState.LIVE);
                platform.awaitState(platform.release(app, TestImages.script("exit 1"), 8000), ReleaseState.FAILED);
                platform.awaitState(platform.release(app, images.get(2), 8000), ReleaseState.LIVE);
                platform.apps.setInstances(app.id(), 3);
                await().until(() -> platform.containersOf(app).stream()
                                .filter(c -> c.getState().equals("running"))
                                .count()
                        == 3);
                platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
                platform.apps.setInstances(app.id(), 1);
                await().until(() -> platform.containersOf(app).size() == 1);
                int soFar = load.requests();
                await().until(() -> load.requests() > soFar + 300);
            }
            assertThat(load.failures()).isEmpty();
            assertThat(load.answers().keySet()).containsExactlyInAnyOrder("one", "two", "three");
            System.out.println(load.requests() + " requests, none failed: " + load.answers());
        }
    }

    private static Digest image(boolean keepAlive, String answer) {
        return keepAlive ? TestImages.keepAliveWeb(answer, 8000) : TestImages.web(answer, 8000);
    }

    @Test
    void requestsInFlightMayTakeTheirTimeWhileTheNewReleaseIsLive() throws Exception {
        Digest slow = TestImages.image(
                "RUN mkdir -p /www/cgi-bin && printf '#!/bin/sh\\necho; sleep 3; echo slow' > /www/cgi-bin/slow"
                        + " && chmod +x /www/cgi-bin/slow\n"
                        + "CMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n");
        try (TestPlatform platform = new TestPlatform()) {
            App app = platform.app("shop", PROCESS);
            platform.awaitState(platform.release(app, slow, 8000), ReleaseState.LIVE);
            var answer = new java.util.concurrent.CompletableFuture<String>();
            Thread.startVirtualThread(() -> {
                try {
                    answer.complete(platform.get("shop", "/cgi-bin/slow").body());
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
            await().until(() -> platform.inFlight("shop") == 1);
            platform.awaitState(platform.release(app, TestImages.web("new", 8000), 8000), ReleaseState.LIVE);
            assertThat(answer).isNotDone();
            assertThat(platform.get("shop", "/").body()).isEqualTo("new\n");
            assertThat(answer.get(20, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("slow\n");
            await().until(() -> platform.containersOf(app).size() == 1);
        }
    }
}
