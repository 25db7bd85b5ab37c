package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.db.apps.App;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.Words;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Process types beside web, on a real engine and a real database.
@Timeout(120)
class WorkersTest {
    private static TestPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = new TestPlatform();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static ProcessSpec worker(String... command) {
        return new ProcessSpec(null, null, 32, 250, 32, 20, 5, List.of(command), null, 1, null);
    }

    private static Processes with(String... command) {
        return new Processes(PROCESS, new TreeMap<>(Map.of("worker", worker(command))), null);
    }

    @Test
    void aWorkerRunsItsOwnCommandIsScaledByItselfAndGoesWithItsRelease() throws Exception {
        App app = platform.app("shop", with("sh", "-c", "echo I am $SLIPWAY_PROCESS on ${PORT:-no port}; sleep 1000"));
        Release first =
                platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        await().untilAsserted(() -> assertThat(living(app))
                .extracting(Instance::process, Instance::state, Instance::port)
                .containsExactlyInAnyOrder(
                        tuple("web", Instance.State.SERVING, 8000), tuple("worker", Instance.State.HEALTHY, null)));
        assertThat(output(app)).isEqualTo("I am worker on no port\n");
        platform.apps.setInstances(app.id(), "worker", 3);
        await().until(() -> running(app, "worker") == 3 && running(app, "web") == 1);
        platform.apps.update(app.id(), app.source(), app.build(), with("sleep", "2000"));
        platform.awaitState(platform.release(app, TestImages.web("two", 8000), 8000), ReleaseState.LIVE);
        await().until(() ->
                running(app, "worker") == 3 && platform.containersOf(app).size() == 4);
        assertThat(commands(app)).containsOnly("sleep 2000");
        platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        await().until(() -> platform.containersOf(app).size() == 4);
        assertThat(commands(app)).hasSize(3).allMatch(command -> command.startsWith("sh -c 'echo I am"));
        platform.apps.setInstances(app.id(), "worker", 0);
        await().until(() -> platform.containersOf(app).size() == 1);
    }

    @Test
    void aWorkerThatEndsFailsTheReleaseAndTheOldOneNeverNotices() throws Exception {
        App app = platform.app("strict", with("sleep", "1000"));
        Release good =
                platform.awaitState(platform.release(app, TestImages.web("good", 8000), 8000), ReleaseState.LIVE);
        platform.apps.update(app.id(), app.source(), app.build(), with("sh", "-c", "echo no work to do; exit 0"));
        Release failed =
                platform.awaitState(platform.release(app, TestImages.web("bad", 8000), 8000), ReleaseState.FAILED);
        assertThat(failed.reason()).isEqualTo(ReleaseReason.EXITED);
        assertThat(failed.message())
                .startsWith("Process type \"worker\": It exited with code 0, although")
                .contains("should keep running", "no work to do");
        assertThat(platform.get("strict", "/").body()).isEqualTo("good\n");
        assertThat(platform.releases.find(good.id()).orElseThrow().state()).isEqualTo(ReleaseState.LIVE);
        await().until(() ->
                running(app, "worker") == 1 && platform.containersOf(app).size() == 2);
    }

    @Test
    void aWorkerThatDiesAgainAndAgainIsACrashLoopAndWebIsLeftAlone() throws Exception {
        App app = platform.app("looping", with("sh", "-c", "sleep 1.3; echo out of luck; exit 7"));
        platform.awaitState(platform.release(app, TestImages.web("fine", 8000), 8000), ReleaseState.LIVE);
        Instance web = living(app).stream()
                .filter(i -> i.process().equals("web"))
                .findFirst()
                .orElseThrow();
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .filteredOn(i -> i.process().equals("worker") && i.state() == Instance.State.FAILED)
                .anySatisfy(dead -> {
                    Instance.Restart restart = Objects.requireNonNull(dead.restart());
                    assertThat(restart.looping()).isTrue();
                    assertThat(restart.at()).isAfter(dead.stoppedAt());
                    assertThat(dead.message()).contains("3rd time", "exited with code 7", "out of luck");
                }));
        assertThat(platform.get("looping", "/").body()).isEqualTo("fine\n");
        assertThat(living(app)).extracting(Instance::id).contains(web.id());
    }

    @Test
    void afterARestartOfTheRuntimeTierWorkersGoOn() throws Exception {
        App app = platform.app("lasting", with("sleep", "1000"));
        platform.awaitState(platform.release(app, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        await().until(() -> living(app).size() == 2);
        List<String> before = living(app).stream().map(Instance::containerId).toList();
        platform.kill();
        platform.start();
        await().until(platform::ready);
        await().untilAsserted(() -> assertThat(living(app))
                .extracting(Instance::process, Instance::state)
                .containsExactlyInAnyOrder(
                        tuple("web", Instance.State.SERVING), tuple("worker", Instance.State.HEALTHY)));
        assertThat(living(app)).extracting(Instance::containerId).containsExactlyInAnyOrderElementsOf(before);
    }

    private static List<Instance> living(App app) {
        return platform.instancesOf(app).stream()
                .filter(i -> i.stoppedAt() == null)
                .toList();
    }

    private static long running(App app, String type) {
        return living(app).stream()
                .filter(i -> i.process().equals(type)
                        && (i.state() == Instance.State.HEALTHY || i.state() == Instance.State.SERVING))
                .count();
    }

    private static List<String> commands(App app) {
        return platform.containersOf(app).stream()
                .filter(c -> "worker".equals(c.getLabels().get(Labels.PROCESS)))
                .map(c -> Words.join(List.of(TestImages.docker()
                        .inspectContainerCmd(c.getId())
                        .exec()
                        .getConfig()
                        .getCmd())))
                .toList();
    }

    private static String output(App app) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String worker = platform.containersOf(app).stream()
                .filter(c -> "worker".equals(c.getLabels().get(Labels.PROCESS)))
                .findFirst()
                .orElseThrow()
                .getId();
        platform.engine().logs(worker, 10, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
