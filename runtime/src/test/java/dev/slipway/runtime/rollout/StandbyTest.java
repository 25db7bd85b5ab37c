package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The release before the live one stays frozen for a while, and going back to it wakes it.
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class StandbyTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final long ENOUGH = 1L << 30;

    private TestPlatform platform;
    private App app;
    private Release first;

    private void oneThenTwo(Duration standby, long bytes) throws Exception {
        platform = new TestPlatform(standby, bytes);
        app = platform.app("shop", PROCESS);
        first = platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        platform.awaitState(platform.release(app, TestImages.web("two", 8000), 8000), ReleaseState.LIVE);
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private List<String> containers(String state) {
        return platform.containersOf(app).stream()
                .filter(c -> state.equals(c.getState()))
                .map(com.github.dockerjava.api.model.Container::getId)
                .toList();
    }

    private List<Instance.State> states() {
        return platform.instancesOf(app).stream().map(Instance::state).sorted().toList();
    }

    @Test
    void goingBackAndForthWakesTheSameContainers() throws Exception {
        oneThenTwo(LONG, ENOUGH);
        await().until(() -> containers("paused").size() == 1);
        await().until(() -> states().equals(List.of(Instance.State.SERVING, Instance.State.STANDBY)));
        String one = containers("paused").getFirst();
        String two = containers("running").getFirst();
        Release back = platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        assertThat(containers("running")).contains(one);
        await().until(() -> containers("paused").equals(List.of(two)));
        assertThat(platform.instances.ofRelease(back.id()))
                .extracting(Instance::containerId)
                .containsExactly(one);
        platform.awaitState(
                platform.rollback(platform.releases.find(app.id(), 2).orElseThrow()), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("two\n");
        await().until(() -> containers("paused").equals(List.of(one)));
        assertThat(containers("running")).containsExactly(two);
    }

    @Test
    void aRequestFromBeforeItWasWokenIsAnsweredThoughItGoesOnStandbyAgain() throws Exception {
        oneThenTwo(LONG, ENOUGH);
        Digest slow = TestImages.image(
                "RUN mkdir -p /www/cgi-bin && printf '#!/bin/sh\\necho; sleep 4; echo slow' > /www/cgi-bin/slow"
                        + " && chmod +x /www/cgi-bin/slow\n"
                        + "CMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n");
        Release third = platform.awaitState(platform.release(app, slow, 8000), ReleaseState.LIVE);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return platform.get("shop", "/cgi-bin/slow").body();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> platform.inFlight("shop") == 1);
        platform.awaitState(
                platform.rollback(platform.releases.find(app.id(), 2).orElseThrow()), ReleaseState.LIVE);
        platform.awaitState(platform.rollback(third), ReleaseState.LIVE);
        platform.awaitState(
                platform.rollback(platform.releases.find(app.id(), 2).orElseThrow()), ReleaseState.LIVE);
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("slow\n");
        await().until(() -> containers("paused").size() == 1);
    }

    @Test
    void aRestartOfTheRuntimeTierLeavesItFrozen() throws Exception {
        oneThenTwo(LONG, ENOUGH);
        await().until(() -> containers("paused").size() == 1);
        String one = containers("paused").getFirst();
        platform.kill();
        platform.start();
        await().until(platform::ready);
        platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        assertThat(containers("running")).contains(one);
    }

    @Test
    void oneThatDoesNotWakeUpIsStartedAnew() throws Exception {
        oneThenTwo(LONG, ENOUGH);
        await().until(() -> containers("paused").size() == 1);
        String one = containers("paused").getFirst();
        TestImages.docker().removeContainerCmd(one).withForce(true).exec();
        platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        assertThat(containers("running")).isNotEmpty().doesNotContain(one);
    }

    /// As many do whose connections were closed by the other side, or who see that the clock has jumped.
    @Test
    void oneThatExitsAsItWakesUpIsStartedAnew() throws Exception {
        oneThenTwo(LONG, ENOUGH);
        await().until(() -> containers("paused").size() == 1);
        String one = containers("paused").getFirst();
        Long process =
                TestImages.docker().inspectContainerCmd(one).exec().getState().getPidLong();
        ProcessHandle.of(process).orElseThrow().destroyForcibly(); // at the latest when it isn't frozen any more
        platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        assertThat(containers("running")).isNotEmpty().doesNotContain(one);
    }

    @Test
    void withoutMemoryForItNothingIsKept() throws Exception {
        oneThenTwo(LONG, 1);
        await().until(() -> platform.containersOf(app).size() == 1);
        assertThat(containers("running")).hasSize(1);
    }

    @Test
    void afterItsTimeItIsRemoved() throws Exception {
        oneThenTwo(Duration.ofSeconds(2), ENOUGH);
        await().until(() -> platform.containersOf(app).size() == 1);
        assertThat(platform.get("shop", "/").body()).isEqualTo("two\n");
    }
}
