package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The way of a release, on a real engine and a real database.
class RolloutTest {
    private static TestPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = new TestPlatform();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aReleaseGoesLiveAndAnswersAndTheNextOneTakesItsPlace() throws Exception {
        App app = platform.app("shop", PROCESS);
        Release first = platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        Release second = platform.awaitState(platform.release(app, TestImages.web("two", 8000), 8000), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("two\n");
        assertThat(platform.releases.find(first.id()).orElseThrow().state()).isEqualTo(ReleaseState.RETIRED);
        await().untilAsserted(() -> assertThat(platform.instancesOf(app)).extracting(Instance::releaseId, Instance::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(first.id(), Instance.State.STOPPED),
                        org.assertj.core.groups.Tuple.tuple(second.id(), Instance.State.SERVING)));
        Release back = platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        assertThat(back.number()).isEqualTo(3);
    }
}
