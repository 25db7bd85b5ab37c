package dev.slipway.db.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.images.Digest;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.NewRelease;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.testing.Given;
import dev.slipway.db.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.EmptyResultDataAccessException;

class BuildQueueTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private final Database database = Database.open(TestDatabase.fresh(), "test", 0, 8);
    private final BuildStore builds = new BuildStore(database);
    private final BuildQueue queue = new BuildQueue(database);
    private final ReleaseStore releases = new ReleaseStore(database);
    private final BuildLog log = new BuildLog(database);
    private App app;

    @BeforeEach
    void anApp() {
        app = app("shop");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aBuildIsClaimedByExactlyOneOfManyWorkers() throws Exception {
        Build build = enqueue(app, "1");
        try (var workers = Executors.newFixedThreadPool(8)) {
            List<Callable<Optional<BuildQueue.Claim>>> claims = new java.util.ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String worker = "worker-" + i;
                claims.add(() -> queue.claim(worker));
            }
            long successes = 0;
            for (var claim : workers.invokeAll(claims)) {
                successes += claim.get().isPresent() ? 1 : 0;
            }
            assertThat(successes).isEqualTo(1);
        }
        assertThat(builds.find(build.id()).orElseThrow().attempt()).isEqualTo(1);
    }

    @Test
    void buildsOfOneAppRunOneAfterTheOtherAndThoseOfTwoAppsSideBySide() {
        Build first = enqueue(app, "1");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        Build second = enqueue(app, "2");
        Build other = enqueue(app("blog"), "3");
        assertThat(queue.claim("b").orElseThrow().build().id()).isEqualTo(other.id());
        assertThat(queue.claim("c")).isEmpty();
        queue.finish(claim, new BuildOutcome.Failed(BuildReason.STEP_FAILED, "exit 1", 9, 1));
        assertThat(queue.claim("c").orElseThrow().build().id()).isEqualTo(second.id());
        assertThat(builds.find(first.id()).orElseThrow().state()).isEqualTo(BuildState.FAILED);
    }

    @Test
    void aNewerCommitSupersedesAQueuedOneButNotARunningOne() {
        Build running = enqueue(app, "1");
        assertThat(queue.claim("a")).isPresent();
        Build queued = enqueue(app, "2");
        Build newest = enqueue(app, "3");
        assertThat(state(running)).isEqualTo(BuildState.RUNNING);
        assertThat(state(queued)).isEqualTo(BuildState.SUPERSEDED);
        assertThat(state(newest)).isEqualTo(BuildState.QUEUED);
    }

    @Test
    void whoeverLostTheLeaseCannotWriteAnyMore() {
        Build build = enqueue(app, "1");
        BuildQueue.Claim lost = queue.claim("a").orElseThrow();
        expireLease(build);
        assertThat(queue.requeueLost()).isEqualTo(1);
        makeDue(build);
        BuildQueue.Claim second = queue.claim("b").orElseThrow();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(queue.heartbeat(lost)).isInstanceOf(BuildQueue.Pulse.Lost.class);
        assertThat(log.append(lost, 0, List.of("late"))).isFalse();
        assertThat(queue.finish(lost, new BuildOutcome.Succeeded(DIGEST, DIGEST, 1, null)))
                .isFalse();
        assertThat(state(build)).isEqualTo(BuildState.RUNNING);
        assertThat(log.append(second, 0, List.of("in time"))).isTrue();
        assertThat(log.read(build.id(), 2, 0, 10)).containsExactly(new LogChunk(2, 0, List.of("in time")));
    }

    @Test
    void aBuildThatLosesItsWorkerThreeTimesIsGivenUp() {
        Build build = enqueue(app, "1");
        for (int attempt = 1; attempt <= BuildQueue.MAX_FAILURES; attempt++) {
            assertThat(queue.claim("a").orElseThrow().attempt()).isEqualTo(attempt);
            expireLease(build);
            queue.requeueLost();
            makeDue(build);
        }
        assertThat(state(build)).isEqualTo(BuildState.ERRORED);
        assertThat(builds.find(build.id()).orElseThrow().reason()).isEqualTo(BuildReason.WORKER_LOST);
    }

    @Test
    void workersThatAreToldToEndCostABuildNoneOfItsAttempts() {
        Build build = enqueue(app, "1");
        for (int restart = 1; restart <= 2 * BuildQueue.MAX_FAILURES; restart++) {
            BuildQueue.Claim claim = queue.claim("a").orElseThrow();
            assertThat(claim.attempt()).isEqualTo(restart);
            assertThat(queue.finish(claim, new BuildOutcome.GivenBack("Worker a was stopped")))
                    .isTrue();
        }
        for (int failure = 1; failure < BuildQueue.MAX_FAILURES; failure++) {
            queue.finish(
                    queue.claim("a").orElseThrow(), new BuildOutcome.Errored(BuildReason.INTERNAL, "Broken", true));
            assertThat(queue.claim("a")).as("it waits after a failure").isEmpty();
            assertThat(builds.find(build.id()).orElseThrow().failures()).isEqualTo(failure);
            makeDue(build);
        }
        finish(queue.claim("a").orElseThrow());
    }

    @Test
    void successMakesAnImageVersionAndAPendingReleaseAtOnce() {
        Build build = enqueue(app, "1");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        assertThat(queue.imageBuilt(claim, DIGEST, 8000)).isTrue();
        assertThat(queue.finish(claim, new BuildOutcome.Succeeded(DIGEST, DIGEST, 42, 8000)))
                .isTrue();
        Release release = new ReleaseStore(database).find(app.id(), 1).orElseThrow();
        assertThat(release.state()).isEqualTo(ReleaseState.PENDING);
        assertThat(releases.ofBuild(build.id())).contains(release);
        assertThat(release.processes()).isEqualTo(Processes.DEFAULT);
    }

    @Test
    void aBuildThatEndsWhileDeploysArePausedMakesAnImageAndNoRelease() {
        new AppStore(database).pauseDeploys(app.id(), 7, "ada");
        Build build = enqueue(app, "1");
        finish(queue.claim("a").orElseThrow());

        Build ended = builds.find(build.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(ended.reason()).isEqualTo(BuildReason.DEPLOYS_PAUSED);
        assertThat(ended.message())
                .isEqualTo(
                        "Built as v1, not released: automatic deploys are paused since the rollback to release 7 by ada");
        assertThat(releases.ofApp(app.id(), 100, 10)).isEmpty();
        assertThat(new ImageStore(database).held(List.of(app.id())))
                .extracting(ImageVersion::version)
                .containsExactly(1);
    }

    @Test
    void theFirstBuildThatEndsAfterDeploysAreResumedIsReleased() {
        AppStore apps = new AppStore(database);
        apps.pauseDeploys(app.id(), 7, "ada");
        assertThat(apps.resumeDeploys(app.id())).isTrue();
        assertThat(apps.resumeDeploys(app.id())).isFalse();
        enqueue(app, "1");
        finish(queue.claim("a").orElseThrow());
        assertThat(releases.inState(app.id(), ReleaseState.PENDING)).hasSize(1);
        assertThat(new ImageStore(database).held(List.of(app.id()))).isEmpty();
    }

    /// Rollback and end of the build begin at the same moment: whichever holds the app's row first, the build's
    /// release isn't what the app is left with.
    @RepeatedTest(20)
    void aBuildThatEndsDuringARollbackNeverUndoesIt() throws Exception {
        enqueue(app, "1");
        finish(queue.claim("a").orElseThrow());
        Release first = releases.find(app.id(), 1).orElseThrow();
        enqueue(app, "2");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        CyclicBarrier together = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var ended = threads.submit(() -> {
                together.await();
                finish(claim);
                return true;
            });
            var rolledBack = threads.submit(() -> {
                together.await();
                return database.inTransaction(() -> {
                    AppStore apps = new AppStore(database);
                    apps.lock(app.id());
                    apps.pauseDeploys(app.id(), 1, "ada");
                    return releases.create(NewRelease.rollback(first, "ada"));
                });
            });
            assertThat(ended.get()).isTrue();
            long rollback = rolledBack.get().id();
            assertThat(releases.inState(app.id(), ReleaseState.PENDING))
                    .extracting(Release::id)
                    .containsExactly(rollback);
        }
    }

    private void finish(BuildQueue.Claim claim) {
        assertThat(queue.finish(claim, new BuildOutcome.Succeeded(DIGEST, DIGEST, 42, 8000)))
                .isTrue();
    }

    @Test
    void cancellingAsksTheWorkerOfARunningBuild() {
        Build build = enqueue(app, "1");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        assertThat(queue.heartbeat(claim)).isInstanceOf(BuildQueue.Pulse.Continue.class);
        assertThat(builds.cancel(build.id(), "ada")).isTrue();
        assertThat(queue.heartbeat(claim)).isEqualTo(new BuildQueue.Pulse.Cancel("ada"));
        assertThat(queue.finish(claim, new BuildOutcome.Cancelled("ada"))).isTrue();
        assertThat(builds.cancel(build.id(), "ada")).isFalse();
    }

    @Test
    void aBuildWhoseEndIsWantedIsNotTriedAgain() {
        Build build = enqueue(app, "1");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        builds.cancel(build.id(), "ada");
        assertThat(queue.finish(claim, noEngine())).isTrue();
        assertThat(builds.find(build.id()).orElseThrow().message()).isEqualTo("Cancelled by ada");
        assertThat(state(build)).isEqualTo(BuildState.CANCELLED);
    }

    @Test
    void aBuildIsCancelledAlsoWhileItsWorkerGivesItBack() throws Exception {
        Build build = enqueue(app, "1");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> cancelled = database.inTransaction(() -> {
                queue.finish(claim, noEngine());
                Future<Boolean> begun = threads.submit(() -> builds.cancel(build.id(), "ada"));
                awaitSomebodyWaits();
                return begun;
            });
            assertThat(cancelled.get()).isTrue();
        }
        assertThat(state(build)).isEqualTo(BuildState.CANCELLED);
    }

    @Test
    void allOpenBuildsOfAnAppEndWithItAndThoseOfOthersGoOn() {
        Build running = enqueue(app, "1");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        Build queued = enqueue(app, "2");
        Build other = enqueue(app("blog"), "3");
        builds.cancelAll(app.id(), "ada");
        assertThat(state(queued)).isEqualTo(BuildState.CANCELLED);
        assertThat(queue.heartbeat(claim)).isEqualTo(new BuildQueue.Pulse.Cancel("ada"));
        assertThat(builds.open()).extracting(Build::id).containsExactly(running.id(), other.id());
        assertThat(builds.find(other.id()).orElseThrow().cancelRequestedBy()).isNull();
    }

    @Test
    void nothingIsQueuedForAnAppThatIsDeleted() {
        new AppStore(database).delete(app.id());
        assertThatThrownBy(() -> enqueue(app, "1")).isInstanceOf(EmptyResultDataAccessException.class);
    }

    @Test
    void aBuildThatSucceedsAndWhoeverEndsItsAppTakeTurns() throws Exception {
        enqueue(app, "1");
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        AppStore apps = new AppStore(database);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<?> succeeded = database.inTransaction(() -> {
                apps.lock(app.id());
                Future<?> begun = threads.submit(() -> finish(claim));
                awaitSomebodyWaits();
                builds.cancelAll(app.id(), "ada");
                apps.delete(app.id());
                return begun;
            });
            succeeded.get();
        }
        assertThat(builds.open()).isEmpty();
    }

    private void awaitSomebodyWaits() {
        Awaitility.await()
                .until(() -> database.jdbc()
                                .sql("SELECT count(*) FROM pg_stat_activity"
                                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                                .query(Long.class)
                                .single()
                        == 1);
    }

    private static BuildOutcome noEngine() {
        return new BuildOutcome.Errored(BuildReason.ENGINE_UNAVAILABLE, "The Docker Engine is away", true);
    }

    private BuildState state(Build build) {
        return builds.find(build.id()).orElseThrow().state();
    }

    private void expireLease(Build build) {
        database.jdbc()
                .sql("UPDATE builds SET lease_until = now() - interval '1 second' WHERE id = :id")
                .param("id", build.id())
                .update();
    }

    private void makeDue(Build build) {
        database.jdbc()
                .sql("UPDATE builds SET not_before = now() WHERE id = :id")
                .param("id", build.id())
                .update();
    }

    private Build enqueue(App app, String digit) {
        return builds.enqueue(Given.push(app, digit));
    }

    private App app(String name) {
        return Given.app(database, name);
    }
}
