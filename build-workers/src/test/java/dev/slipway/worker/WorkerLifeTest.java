package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.workers.Worker;
import dev.slipway.db.workers.WorkerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens to builds when they are cancelled, when workers are stopped or killed, and when the database or
/// the registry are away.
class WorkerLifeTest {
    private static final String SLOW = BuildWorkerTest.SHELL + "RUN echo begun; sleep 60 # ";
    private static final String WAITING =
            "Waiting for the registry: platform-server doesn't answer. The image is built, and is pushed then.";
    private TestSite site;

    @BeforeEach
    void site() throws Exception {
        site = new TestSite();
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void cancellingEndsTheBuildAndItsProcessesAtOnce() throws Exception {
        site.worker("w1");
        Build build = begun(site.app(BuildSettings.DEFAULT), SLOW);
        long group = group("w1");
        site.builds.cancel(build.id(), "ada");
        Awaitility.await()
                .atMost(Duration.ofSeconds(3))
                .until(() -> site.find(build).state() == BuildState.CANCELLED);
        assertThat(site.find(build).message()).isEqualTo("Cancelled by ada");
        assertThat(ProcessHandle.of(group)).isEmpty();
        assertThat(groupFile("w1")).doesNotExist();
    }

    @Test
    void aBuildOverItsTimeLimitFailsWithTheLimit() throws Exception {
        site.worker("w1");
        Build build = begun(site.app(new BuildSettings("", "Dockerfile", null, Map.of(), 5)), SLOW);
        Build failed = site.awaitEnd(build);
        assertThat(failed.reason()).isEqualTo(BuildReason.TIMED_OUT);
        assertThat(failed.message()).startsWith("The build took longer than its limit of 5 s and was stopped.");
    }

    @Test
    void aWorkerThatLostItsLeaseStopsAndWritesNothingMore() throws Exception {
        site.worker("w1");
        Build build = begun(site.app(BuildSettings.DEFAULT), SLOW);
        long group = group("w1");
        site.database
                .jdbc()
                .sql("UPDATE builds SET attempt = 2, worker_id = 'other', lease_until = now() + interval '1 hour'")
                .update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(8))
                .until(() -> ProcessHandle.of(group).isEmpty());
        Awaitility.await().until(() -> !Files.exists(groupFile("w1")));
        assertThat(site.find(build).state()).isEqualTo(BuildState.RUNNING);
        assertThat(site.find(build).workerId()).isEqualTo("other");
    }

    @Test
    void aKilledWorkersBuildIsBuiltElsewhereAndWhatItLeftRunningEnds() throws Exception {
        WorkerProcess killed = site.process("w1");
        App app = site.app(BuildSettings.DEFAULT);
        Build build = begun(app, SLOW);
        long group = group("w1");
        killed.kill();
        assertThat(ProcessHandle.of(group)).as("nothing stops it yet").isPresent();
        site.database.jdbc().sql("UPDATE builds SET lease_until = now()").update();
        site.worker("w2");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.of(group).isEmpty());
        Build again = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> site.find(build), b -> "w2".equals(b.workerId()));
        assertThat(again.attempt()).isEqualTo(2);
        site.builds.cancel(build.id(), "ada");
        site.awaitEnd(build);
    }

    @Test
    void aWorkerToldToEndGivesItsBuildBackAndLeaves() throws Exception {
        WorkerProcess worker = site.process("w1");
        Build build = begun(site.app(BuildSettings.DEFAULT), SLOW);
        assertThat(new WorkerStore(site.database).alive())
                .extracting(Worker::buildId)
                .containsExactly(build.id());
        long group = group("w1");
        assertThat(worker.terminate()).isEqualTo(128 + 15);
        assertThat(ProcessHandle.of(group)).isEmpty();
        assertThat(site.find(build).state()).isEqualTo(BuildState.QUEUED);
        assertThat(site.find(build).reason()).isEqualTo(BuildReason.WORKER_LOST);
        assertThat(site.find(build).failures()).isZero();
        assertThat(new WorkerStore(site.database).alive()).isEmpty();
    }

    @Test
    void aWorkerThatRestartsGivesItsOldBuildBackAtOnce() throws Exception {
        Build build = site.enqueue(site.app(BuildSettings.DEFAULT), "1".repeat(40));
        assertThat(new BuildQueue(site.database).claim("w1")).isPresent();
        site.worker("w1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> site.find(build).state() == BuildState.QUEUED);
    }

    @Test
    void aBuildOutlivesTheDatabasesAbsence() throws Exception {
        site.worker("w1");
        App app = site.app(BuildSettings.DEFAULT);
        Build build = begun(app, BuildWorkerTest.SHELL + "RUN echo begun; sleep 4; echo done # ");
        site.databaseProxy.cut();
        Path group = groupFile("w1");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(group));
        site.databaseProxy.mend();
        assertThat(site.awaitEnd(build).state()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(site.find(build).attempt()).isEqualTo(1);
        assertThat(site.log(build)).containsSubsequence("begun", "done").doesNotHaveDuplicates();
    }

    @Test
    void buildsWaitForAnEngineThatIsAway() throws Exception {
        try (TestProxy engine = new TestProxy(1)) {
            site.worker("w1", Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + engine.port()));
            Build build = site.enqueue(site.app(BuildSettings.DEFAULT), "1".repeat(40));
            Awaitility.await()
                    .until(() -> new WorkerStore(site.database).alive().size() == 1);
            Awaitility.await()
                    .during(Duration.ofSeconds(3))
                    .until(() -> site.find(build).attempt() == 0);
        }
    }

    @Test
    void aPushWaitsForARegistryThatIsAwayLongerThanAllRetries() throws Exception {
        site.registry.leave();
        site.worker("w1");
        Build build = quick(site.app(BuildSettings.DEFAULT));
        site.awaitLine(build, WAITING);
        Awaitility.await()
                .during(Duration.ofSeconds(15))
                .atMost(Duration.ofSeconds(20))
                .until(() -> site.find(build), b -> b.state() == BuildState.RUNNING && b.localImage() != null);
        site.registry.comeBack();
        assertThat(site.awaitEnd(build).state()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(site.find(build).attempt()).isEqualTo(1);
        assertThat(site.log(build)).containsOnlyOnce(WAITING);
    }

    @Test
    void aRegistryThatStaysAwayUntilTheTimeIsOverIsOurFailure() throws Exception {
        site.registry.leave();
        site.worker("w1");
        Build build = quick(site.app(new BuildSettings("", "Dockerfile", null, Map.of(), 5)));
        Build again = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> site.find(build), b -> b.reason() != null);
        assertThat(again.state()).isEqualTo(BuildState.QUEUED);
        assertThat(again.reason()).isEqualTo(BuildReason.REGISTRY_UNAVAILABLE);
        assertThat(again.message()).contains("within the build's limit of 5 s the registry didn't answer");
    }

    @Test
    void aPushThatWaitsForTheRegistryCanBeCancelled() throws Exception {
        site.registry.leave();
        site.worker("w1");
        Build build = quick(site.app(BuildSettings.DEFAULT));
        site.awaitLine(build, WAITING);
        site.builds.cancel(build.id(), "ada");
        site.awaitState(build, BuildState.CANCELLED);
    }

    @Test
    void aRegistryThatRefusesIsAnErrorWithItsWords() throws Exception {
        site.registry.refuse("the registry is out of order");
        site.worker("w1");
        Build build = quick(site.app(BuildSettings.DEFAULT));
        Build waiting = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> site.find(build), b -> b.reason() != null);
        assertThat(waiting.reason()).isEqualTo(BuildReason.REGISTRY_UNAVAILABLE);
        assertThat(waiting.message())
                .startsWith("The image was built, but the registry didn't take it: ")
                .contains("out of order");
        assertThat(waiting.state()).isEqualTo(BuildState.QUEUED);
    }

    @Test
    void secretsOfABuildAreInNoCommandLineAndNoLog() throws Exception {
        site.worker("w1");
        Build build = begun(
                site.app(new BuildSettings("", "Dockerfile", null, Map.of("API_TOKEN", "s3cr3t-value"), 60)),
                BuildWorkerTest.SHELL + "ARG API_TOKEN\nRUN echo token $API_TOKEN; echo begun; sleep 60 # ");
        String commandLine = Files.readString(Path.of("/proc/" + group("w1") + "/cmdline"));
        assertThat(commandLine).contains("API_TOKEN").doesNotContain("s3cr3t");
        site.builds.cancel(build.id(), "ada");
        site.awaitEnd(build);
        assertThat(site.log(build)).contains("token ***").noneMatch(line -> line.contains("s3cr3t"));
        List<String> names = site.database
                .jdbc()
                .sql("SELECT name FROM build_steps")
                .query(String.class)
                .list();
        assertThat(names).isNotEmpty().noneMatch(name -> name.contains("s3cr3t"));
    }

    /// A build that has nothing to do but to push.
    private Build quick(App app) throws IOException {
        return site.enqueue(
                app,
                site.repository(app)
                        .busybox()
                        .file("Dockerfile", "FROM scratch\nCOPY busybox /\n")
                        .commit());
    }

    /// A build that has come to the command that says so. The commands differ, so that none is cached.
    private Build begun(App app, String dockerfile) throws IOException {
        Build build = site.enqueue(
                app,
                site.repository(app)
                        .busybox()
                        .file("Dockerfile", dockerfile + UUID.randomUUID())
                        .commit());
        site.awaitLine(build, "begun");
        return build;
    }

    private Path groupFile(String worker) {
        return site.home.resolve("run/" + worker + ".build");
    }

    private long group(String worker) throws IOException {
        return Long.parseLong(Files.readString(groupFile(worker)).split(" ")[0]);
    }
}
