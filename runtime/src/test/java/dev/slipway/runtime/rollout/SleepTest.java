package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An app that nobody asks for sleeps, and whoever asks next waits for it.
@Timeout(240)
class SleepTest {
    private static final int VISITORS = 5;

    @Test
    void itSleepsAlsoThroughARestartAndWakesForWhoeverAsks() throws Exception {
        try (TestPlatform platform = new TestPlatform()) {
            App app = platform.app("shop", PROCESS);
            platform.apps.setIdleMinutes(app.id(), 1);
            platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
            assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> platform.containersOf(app).isEmpty());

            platform.kill();
            platform.start();
            await().until(platform::ready);
            assertThat(platform.containersOf(app)).isEmpty();

            try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < VISITORS; i++) {
                    answers.add(visitors.submit(() -> platform.get("shop", "/")));
                }
                for (Future<HttpResponse<String>> answer : answers) {
                    assertThat(answer.get().statusCode()).isEqualTo(200);
                    assertThat(answer.get().body()).isEqualTo("one\n");
                }
            }
            assertThat(platform.containersOf(app)).hasSize(1);
        }
    }
}
