package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.runs.RunStore;
import dev.slipway.runtime.engine.ImageSource;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What runs before a release's instances start, on a real engine and a real database, and the runtime tier dying
/// meanwhile.
@Timeout(120)
class ReleaseCommandTest {
    private TestPlatform platform;
    private RunStore runs;
    private Digest image;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        runs = new RunStore(platform.database);
        image = TestImages.web("one", 8000);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private App app(int timeoutSeconds, String... command) {
        return platform.app(
                "shop", new Processes(PROCESS, new TreeMap<>(), new ReleaseCommand(List.of(command), timeoutSeconds)));
    }

    private Run run(Release release) {
        return runs.ofReleases(List.of(release.id())).getFirst();
    }

    private String output(Release release) {
        return runs.output(run(release).id()).orElse("");
    }

    private void awaitRun(Release release, RunState state) {
        await().until(() -> run(release).state() == state);
    }

    private List<String> containersOfRuns() {
        return platform.containers().stream()
                .filter(c -> c.getLabels().containsKey(Labels.RUN))
                .map(com.github.dockerjava.api.model.Container::getId)
                .toList();
    }

    @Test
    void itCanOnlyReadWhatTheInstanceWrites() {
        App app = app(60, "sh", "-c", "if [ -d /data ]; then echo migrated > /data/table; fi");
        platform.volume(app, "data", "/data");
        Release first = platform.awaitState(platform.release(app, image, 8000), ReleaseState.LIVE);
        Release second = platform.awaitState(platform.release(app, image, 8000), ReleaseState.FAILED);
        assertThat(output(second)).contains("Read-only file system");
        assertThat(platform.awaitState(first, ReleaseState.LIVE).number()).isEqualTo(first.number());
    }

    @Test
    void itWaitsForARegistryThatIsAway() throws Exception {
        App app = app(60, "/busybox", "true");
        ImageSource pulled = platform.registry.image("shop");
        platform.registry.breakDown();
        Release release = platform.succeed(platform.claim(app), pulled, 8000);
        await().until(() -> platform.registry.refusals() >= 10); // several attempts
        assertThat(run(release).state()).isEqualTo(RunState.QUEUED);
        platform.registry.mend();
        platform.awaitState(release, ReleaseState.LIVE);
        assertThat(run(release).state()).isEqualTo(RunState.SUCCEEDED);
        TestImages.docker()
                .removeImageCmd(platform.registry.address() + "/shop@" + pulled.digest())
                .withForce(true)
                .exec();
    }

    @Test
    void cancelledWhileItWaitsItNeverStarts() throws Exception {
        App app = app(60, "/busybox", "true");
        ImageSource pulled = platform.registry.image("shop");
        platform.registry.breakDown();
        Release release = platform.succeed(platform.claim(app), pulled, 8000);
        await().until(() -> platform.registry.refusals() > 0);
        runs.requestCancel(run(release), "ada");
        platform.awaitState(release, ReleaseState.FAILED); // though the registry is still away
        assertThat(run(release).state()).isEqualTo(RunState.CANCELLED);
        assertThat(run(release).message()).endsWith("was cancelled by ada before it started.");
        assertThat(run(release).startedAt()).isNull();
        assertThat(containersOfRuns()).isEmpty();
    }

    @Test
    void itRunsInTheNewImageWithTheNewConfigBeforeAnyInstanceStarts() {
        App app = app(60, "sh", "-c", "echo migrating $SLIPWAY_APP $SLIPWAY_RELEASE with $URL; ls -d /www; sleep 1");
        platform.config(app, 1, "{\"URL\":\"postgres://secret@db\"}");
        Release release = platform.awaitState(platform.release(app, image, 8000), ReleaseState.LIVE);
        Run run = run(release);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.exitCode()).isZero();
        assertThat(output(release)).isEqualTo("migrating shop 1 with [masked]\n/www\n");
        assertThat(platform.instancesOf(app))
                .extracting(Instance::createdAt)
                .allSatisfy(created -> assertThat(created).isAfterOrEqualTo(Objects.requireNonNull(run.endedAt())));
        await().until(() -> containersOfRuns().isEmpty());
        platform.awaitState(platform.rollback(release), ReleaseState.LIVE);
        assertThat(runs.ofReleases(List.of(platform.newest(app.id()).id()))).isEmpty();
    }

    @Test
    void whenItFailsTheReleaseFailsWithItsLastLinesAndTheOldOneNeverNotices() throws Exception {
        App app = app(60, "sh", "-c", "[ $SLIPWAY_RELEASE = 1 ] || { echo column exists already; exit 3; }");
        Release good = platform.awaitState(platform.release(app, image, 8000), ReleaseState.LIVE);
        Release failed =
                platform.awaitState(platform.release(app, TestImages.web("two", 8000), 8000), ReleaseState.FAILED);
        assertThat(failed.reason()).isEqualTo(ReleaseReason.RELEASE_COMMAND_FAILED);
        assertThat(failed.message())
                .startsWith("The release command (sh -c '[ $SLIPWAY_RELEASE = 1 ]")
                .endsWith("exited with code 3. Last lines:\ncolumn exists already");
        assertThat(run(failed).reason()).isEqualTo(RunReason.EXITED);
        assertThat(run(failed).exitCode()).isEqualTo(3);
        assertThat(output(failed)).isEqualTo("column exists already\n");
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
        assertThat(platform.releases.find(good.id()).orElseThrow().state()).isEqualTo(ReleaseState.LIVE);
        await().until(() -> platform.containersOf(app).size() == 1);
        assertThat(platform.instancesOf(app)).hasSize(1);
    }

    @Test
    void itHasATimeLimitAndIsStoppedThen() {
        App app = app(1, "sh", "-c", "echo waiting for a lock; sleep 1000");
        Release failed = platform.awaitState(platform.release(app, image, 8000), ReleaseState.FAILED);
        assertThat(failed.message()).contains("after its time limit of 1 s", "waiting for a lock");
        assertThat(run(failed).reason()).isEqualTo(RunReason.TIMED_OUT);
        await().until(() -> platform.containersOf(app).isEmpty());
    }

    @Test
    void aProgramThatIsntThereIsNamed() {
        App app = app(60, "/no/such/program");
        Release failed = platform.awaitState(platform.release(app, image, 8000), ReleaseState.FAILED);
        assertThat(failed.message()).contains("exited with code 127 (command not found)", "/no/such/program");
        await().until(() -> platform.containersOf(app).isEmpty());
    }

    @Test
    void beforeItRanNothingOfANewImageStarts() {
        App app = app(60, "sleep", "2");
        BuildQueue.Claim claim = platform.claim(app);
        platform.queue.imageBuilt(claim, image, 8000);
        Release release = platform.succeed(claim, image, 8000);
        awaitRun(release, RunState.RUNNING);
        assertThat(platform.instancesOf(app)).isEmpty();
        platform.awaitState(release, ReleaseState.LIVE);
    }

    @Test
    void killedInTheMiddleItGoesOnInTheSameContainer() {
        App app = app(60, "sh", "-c", "echo begun; sleep 3; echo done");
        Release release = platform.release(app, image, 8000);
        awaitRun(release, RunState.RUNNING);
        List<String> before = containersOfRuns();
        platform.kill();
        platform.start();
        await().until(platform::ready);
        assertThat(containersOfRuns()).isEqualTo(before).hasSize(1);
        platform.awaitState(release, ReleaseState.LIVE);
        assertThat(output(release)).isEqualTo("begun\ndone\n");
    }

    @Test
    void whatEndedWhileNobodyWatchedIsntRunAgain() {
        App app = app(60, "sh", "-c", "echo begun; sleep 1; exit 4");
        Release release = platform.release(app, image, 8000);
        awaitRun(release, RunState.RUNNING);
        platform.kill();
        await().until(() ->
                platform.containers().stream().noneMatch(c -> c.getState().equals("running")));
        platform.start();
        platform.awaitState(release, ReleaseState.FAILED);
        assertThat(run(release).exitCode()).isEqualTo(4);
        assertThat(output(release)).isEqualTo("begun\n");
        await().until(() -> platform.containersOf(app).isEmpty());
    }

    @Test
    void whatWasTakenAwayMeanwhileIsntRunAgainEither() {
        App app = app(60, "sleep", "1000");
        Release release = platform.release(app, image, 8000);
        awaitRun(release, RunState.RUNNING);
        platform.kill();
        TestImages.docker()
                .removeContainerCmd(containersOfRuns().getFirst())
                .withForce(true)
                .exec();
        platform.start();
        Release failed = platform.awaitState(release, ReleaseState.FAILED);
        assertThat(run(failed).reason()).isEqualTo(RunReason.INTERRUPTED);
        assertThat(failed.message()).contains("isn't started a second time by itself");
    }

    @Test
    void aNewerReleaseWaitsForACommandThatRunsAndBothRunOneAfterTheOther() {
        App app = app(60, "sh", "-c", "sleep 2; echo $SLIPWAY_RELEASE");
        Release first = platform.release(app, image, 8000);
        awaitRun(first, RunState.RUNNING);
        Release second = platform.release(app, image, 8000);
        platform.awaitState(second, ReleaseState.LIVE);
        assertThat(platform.releases.find(first.id()).orElseThrow().reason()).isEqualTo(ReleaseReason.NEWER_RELEASE);
        assertThat(run(first).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run(second).startedAt())
                .isAfterOrEqualTo(Objects.requireNonNull(run(first).endedAt()));
        assertThat(output(second)).isEqualTo("2\n");
    }

    @Test
    void withItsAppDeletedItIsStopped() {
        App app = app(60, "sleep", "1000");
        Release release = platform.release(app, image, 8000);
        awaitRun(release, RunState.RUNNING);
        platform.apps.delete(app.id());
        await().until(() -> platform.containersOf(app).isEmpty());
        await().until(() -> run(release).state() == RunState.CANCELLED);
    }
}
