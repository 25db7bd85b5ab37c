package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.db.Bell;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The way of a release, on a real engine and a real database.
@Timeout(120)
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
        await().until(() -> platform.get("shop", "/").statusCode() == 503);
        assertThat(platform.get("shop", "/").body()).contains("isn't deployed yet");
        Release first =
                platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        Release second =
                platform.awaitState(platform.release(app, TestImages.web("two", 8000), 8000), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("two\n");
        assertThat(platform.releases.find(first.id()).orElseThrow().state()).isEqualTo(ReleaseState.RETIRED);
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .extracting(Instance::releaseId, Instance::state)
                .containsExactlyInAnyOrder(
                        tuple(first.id(), Instance.State.STOPPED), tuple(second.id(), Instance.State.SERVING)));
        Release back = platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        assertThat(back.number()).isEqualTo(3);
        await().until(() -> platform.containersOf(app).size() == 1);
    }

    @Test
    void anImageThatExposesNothingIsToldAPortAndFoundThere() throws Exception {
        App app = platform.app("unexposed", PROCESS);
        Digest image = TestImages.script("env > /env; exec busybox httpd -f -p $PORT -h /");
        platform.awaitState(platform.release(app, image, null), ReleaseState.LIVE);
        assertThat(platform.get("unexposed", "/env").body()).contains("PORT=8080");
        assertThat(platform.servingInstanceOf(app).port()).isEqualTo(8080);
    }

    @Test
    void anAppThatListensElsewhereIsFoundAlsoAfterARestart() throws Exception {
        App app = platform.app("elsewhere", PROCESS);
        platform.awaitState(
                platform.release(app, TestImages.script("echo hi > /index.html; busybox httpd -f -p 3000 -h /"), null),
                ReleaseState.LIVE);
        assertThat(platform.get("elsewhere", "/").body()).isEqualTo("hi\n");
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .extracting(Instance::port, Instance::state)
                .containsExactly(tuple(3000, Instance.State.SERVING)));
        assertThat(platform.instancesOf(app).getFirst().message())
                .contains("port 3000")
                .contains("port 8080");
        platform.kill();
        platform.start();
        await().until(platform::ready);
        assertThat(platform.get("elsewhere", "/").body()).isEqualTo("hi\n");
        assertThat(platform.instancesOf(app)).extracting(Instance::port).containsExactly(3000);
    }

    @Test
    void aHeadStartBecomesTheReleasesInstance() throws Exception {
        App app = platform.app("quick", PROCESS);
        Digest image = TestImages.web("quick", 8000);
        BuildQueue.Claim claim = platform.claim(app);
        platform.queue.imageBuilt(claim, image, 8000);
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .extracting(Instance::state, Instance::buildId, Instance::releaseId)
                .containsExactly(tuple(Instance.State.HEALTHY, claim.build().id(), null)));
        String instance = platform.instancesOf(app).getFirst().id();
        assertThat(platform.get("quick", "/").statusCode()).isEqualTo(503);
        Release release = platform.awaitState(platform.succeed(claim, image, 8000), ReleaseState.LIVE);
        assertThat(platform.get("quick", "/").body()).isEqualTo("quick\n");
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .extracting(Instance::id, Instance::state, Instance::releaseId)
                .containsExactly(tuple(instance, Instance.State.SERVING, release.id())));
    }

    @Test
    void aHeadStartOfAFailedBuildIsRemoved() {
        App app = platform.app("early", PROCESS);
        BuildQueue.Claim claim = platform.claim(app);
        platform.queue.imageBuilt(claim, TestImages.web("early", 8000), 8000);
        await().until(() -> platform.containersOf(app).size() == 1);
        platform.queue.finish(claim, new BuildOutcome.Failed(BuildReason.STEP_FAILED, "exit 1", 9, 1));
        await().until(() -> platform.containersOf(app).isEmpty());
    }

    @Test
    void aHeadStartGoesWhenDeploysArePausedMeanwhileAndNoneBeginsUntilTheyAreResumed() {
        App app = platform.app("paused", PROCESS);
        AppStore apps = new AppStore(platform.database);
        BuildQueue.Claim claim = platform.claim(app);
        platform.queue.imageBuilt(claim, TestImages.web("paused", 8000), 8000);
        await().until(() -> platform.containersOf(app).size() == 1);
        apps.pauseDeploys(app.id(), 1, "ada");
        await().until(() -> platform.containersOf(app).isEmpty());
        apps.resumeDeploys(app.id());
        await().until(() -> platform.containersOf(app).size() == 1);
    }

    @Test
    void aHeadStartWhoseImageIsGoneDoesntFailTheRelease() {
        App app = platform.app("pruned", PROCESS);
        BuildQueue.Claim claim = platform.claim(app);
        platform.queue.imageBuilt(claim, new Digest("sha256:" + "f".repeat(64)), 8000);
        await().until(() -> platform.instancesOf(app).stream().anyMatch(i -> i.state() == Instance.State.STOPPED));
        platform.awaitState(platform.succeed(claim, TestImages.web("pruned", 8000), 8000), ReleaseState.LIVE);
    }

    @Test
    void instancesAreToldWhoTheyAreAndWhatTheirConfigSays() throws Exception {
        App app = platform.app("told", new ProcessSpec(9000, "/env", 64, 500, 64, 20, 1));
        platform.config(app, 1, "{\"GREETING\":\"hello world\",\"SLIPWAY_APP\":\"overridden\"}");
        Digest image = TestImages.image(
                "RUN mkdir /www\nCMD [\"sh\", \"-c\", \"env > /www/env; exec busybox httpd -f -p $PORT -h /www\"]\n");
        platform.awaitState(platform.release(app, image, null), ReleaseState.LIVE);
        assertThat(platform.get("told", "/env").body())
                .contains("PORT=9000\n", "SLIPWAY_APP=told\n", "SLIPWAY_RELEASE=1\n", "GREETING=hello world\n");
    }

    @Test
    void instancesAreConfined() {
        App app = platform.app("confined", PROCESS);
        platform.awaitState(platform.release(app, TestImages.web("confined", 8000), 8000), ReleaseState.LIVE);
        var container = TestImages.docker()
                .inspectContainerCmd(platform.containersOf(app).getFirst().getId())
                .exec();
        var host = container.getHostConfig();
        assertThat(host.getMemory()).isEqualTo(64L << 20).isEqualTo(host.getMemorySwap());
        assertThat(host.getNanoCPUs()).isEqualTo(500_000_000L);
        assertThat(host.getPidsLimit()).isEqualTo(64);
        assertThat(host.getSecurityOpts()).containsExactly("no-new-privileges:true");
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getInit()).isTrue();
        assertThat(host.getRestartPolicy().getName()).isIn("", "no");
        assertThat(host.getLogConfig().getConfig()).containsEntry("max-size", "10m");
        assertThat(container.getNetworkSettings().getNetworks()).containsOnlyKeys("slipway-" + platform.installation);
    }

    @Test
    void severalInstancesScaleUpAndDown() throws Exception {
        App app = platform.app("many", PROCESS);
        platform.apps.setInstances(app.id(), 3);
        Digest image = TestImages.image("RUN mkdir /www\nEXPOSE 8000\n"
                + "CMD [\"sh\", \"-c\", \"hostname > /www/index.html; exec busybox httpd -f -p 8000 -h /www\"]\n");
        platform.awaitState(platform.release(app, image, 8000), ReleaseState.LIVE);
        await().until(() -> serving(app) == 3);
        assertThat(java.util.stream.IntStream.range(0, 60)
                        .mapToObj(i -> answer("many"))
                        .distinct())
                .hasSize(3);
        platform.apps.setInstances(app.id(), 1);
        await().until(() -> serving(app) == 1 && platform.containersOf(app).size() == 1);
        platform.apps.setInstances(app.id(), 0);
        await().until(() -> platform.containersOf(app).isEmpty());
        assertThat(platform.get("many", "/").body()).contains("is stopped");
        platform.apps.setInstances(app.id(), 2);
        await().until(() -> serving(app) == 2);
    }

    @Test
    void aDeadInstanceIsReplacedAndSaysWhy() throws Exception {
        App app = platform.app("fragile", PROCESS);
        platform.awaitState(platform.release(app, TestImages.web("fragile", 8000), 8000), ReleaseState.LIVE);
        Instance first = platform.servingInstanceOf(app);
        TestImages.docker()
                .killContainerCmd(first.containerId())
                .withSignal("SIGTERM")
                .exec();
        await().until(() -> platform.instancesOf(app).stream().anyMatch(i -> i.state() == Instance.State.FAILED));
        await().until(() -> answer("fragile").equals("fragile\n"));
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .extracting(Instance::state)
                .containsExactlyInAnyOrder(Instance.State.FAILED, Instance.State.SERVING));
        Instance dead = platform.instancesOf(app).stream()
                .filter(i -> i.id().equals(first.id()))
                .findFirst()
                .orElseThrow();
        assertThat(dead.reason()).isEqualTo("EXITED");
        assertThat(dead.message()).startsWith("restarting in 1 s, 1st time. It exited with code 143");
        await().untilAsserted(() -> assertThat(new EventLog(platform.database).ofApp(app.id(), Long.MAX_VALUE, 10))
                .anyMatch(e -> e.kind() == EventKind.INSTANCE_FAILED
                        && e.message().contains(first.id())
                        && e.message().contains("code 143")));
        await().until(() -> platform.containersOf(app).size() == 1);
    }

    @Test
    void aNewerReleaseTakesThePlaceOfOneThatNeverGetsHealthy() throws Exception {
        App app = platform.app("hasty", PROCESS);
        Release stuck = platform.awaitState(
                platform.release(app, TestImages.script("sleep 1000"), 8000), ReleaseState.STARTING);
        platform.awaitState(platform.release(app, TestImages.web("hasty", 8000), 8000), ReleaseState.LIVE);
        assertThat(platform.releases.find(stuck.id()).orElseThrow().reason()).isEqualTo(ReleaseReason.NEWER_RELEASE);
        assertThat(answer("hasty")).isEqualTo("hasty\n");
        await().until(() -> platform.containersOf(app).size() == 1);
    }

    @Test
    void aDeletedAppIsTakenDown() throws Exception {
        App app = platform.app("gone", PROCESS);
        Release release =
                platform.awaitState(platform.release(app, TestImages.web("gone", 8000), 8000), ReleaseState.LIVE);
        platform.apps.delete(app.id());
        await().until(() -> platform.containersOf(app).isEmpty());
        await().until(() -> platform.releases.find(release.id()).orElseThrow().state() == ReleaseState.RETIRED);
        await().until(() -> platform.get("gone", "/").statusCode() == 404);
        // its name may be taken again
        App next = platform.app("gone", PROCESS);
        platform.awaitState(platform.release(next, TestImages.web("again", 8000), 8000), ReleaseState.LIVE);
        assertThat(answer("gone")).isEqualTo("again\n");
    }

    @Test
    void anAppMadeAgainUnderTheNameOfADeletedOneHasItsRouteToItselfWhileTheOldOneStillDrains() throws Exception {
        App app = platform.app("again", PROCESS);
        Digest slow = TestImages.image(
                "RUN mkdir -p /www/cgi-bin && printf '#!/bin/sh\\necho; sleep 3; echo old' > /www/cgi-bin/slow"
                        + " && chmod +x /www/cgi-bin/slow\n"
                        + "CMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n");
        platform.awaitState(platform.release(app, slow, 8000), ReleaseState.LIVE);
        CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> {
            try {
                return platform.get("again", "/cgi-bin/slow").body();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> platform.inFlight("again") == 1);
        platform.apps.delete(app.id());
        App next = platform.app("again", PROCESS);
        platform.awaitState(platform.release(next, TestImages.web("new", 8000), 8000), ReleaseState.LIVE);
        await().until(() -> answer("again").equals("new\n"));
        while (!last.isDone()) {
            Bell.ring(platform.database, Bell.Topic.APP, next.id());
            assertThat(answer("again")).isEqualTo("new\n");
        }
        assertThat(last.get()).isEqualTo("old\n");
        await().until(() -> platform.containersOf(app).isEmpty());
        assertThat(answer("again")).isEqualTo("new\n");
    }

    private static long serving(App app) {
        List<Instance> rows = platform.instancesOf(app);
        return rows.stream().filter(i -> i.state() == Instance.State.SERVING).count();
    }

    private static String answer(String app) {
        try {
            return platform.get(app, "/").body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
