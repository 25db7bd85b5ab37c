package dev.slipway.db.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.testing.Given;
import dev.slipway.db.testing.StoredImage;
import dev.slipway.db.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPruningTest {
    private static final BuildOutcome FAILED = new BuildOutcome.Failed(BuildReason.STEP_FAILED, "exit 1", 9, 1);
    private final Database database = Database.open(TestDatabase.fresh(), "test", 0, 4);
    private final BuildStore builds = new BuildStore(database);
    private final BuildQueue queue = new BuildQueue(database);
    private final BuildLog log = new BuildLog(database);
    private final LogPruning pruning = new LogPruning(database);

    @TempDir
    Path registry;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theNewestBuildsKeepTheirLogsAndStepsAndTheOthersThemselves() {
        App app = app("shop");
        Build old = ended(app, FAILED);
        App blog = app("blog");
        Build another = ended(blog, FAILED);
        countOn(app, LogPruning.KEPT - 1);
        Build second = ended(app, FAILED);
        assertThat(second.number()).isEqualTo(old.number() + LogPruning.KEPT);
        pruning.prune(app.id());
        assertThat(hasLog(old)).isFalse();
        assertThat(builds.find(old.id()).orElseThrow().state()).isEqualTo(BuildState.FAILED);
        assertThat(hasLog(second)).isTrue();
        countOn(blog, 10 * LogPruning.KEPT);
        pruning.prune(app.id());
        assertThat(hasLog(another)).as("another app's, which isn't its turn").isTrue();
    }

    @Test
    void aBuildWhoseImageMayRunAgainKeepsItsLog() {
        App app = app("shop");
        StoredImage image = new StoredImage(database, registry, "shop");
        Build old = ended(app, image.ofBuild(1).store("config", "layer"));
        countOn(app, 10 * LogPruning.KEPT);
        pruning.prune(app.id());
        assertThat(hasLog(old)).isTrue();
        Build again = ended(app, image.ofBuild(2).store("config", "layer"));
        countOn(app, 10 * LogPruning.KEPT);
        pruning.prune(app.id());
        assertThat(hasLog(old)).as("another build has made the same image").isFalse();
        assertThat(hasLog(again)).isTrue();
        database.jdbc().sql("DELETE FROM registry_tags").update();
        database.jdbc().sql("DELETE FROM registry_manifests").update();
        pruning.prune(app.id());
        assertThat(hasLog(again)).isFalse();
    }

    @Test
    void logsOfDeletedAppsGoWhenTheirBuildsHaveEnded() {
        App app = app("shop");
        Build ended = ended(app, FAILED);
        BuildQueue.Claim running = begun(app);
        new AppStore(database).delete(app.id());
        pruning.prune(app("other").id());
        assertThat(hasLog(ended)).isFalse();
        assertThat(hasLog(running.build())).isTrue();
        queue.finish(running, FAILED);
        pruning.prune(app.id());
        assertThat(hasLog(running.build())).isFalse();
    }

    private boolean hasLog(Build build) {
        Build now = builds.find(build.id()).orElseThrow();
        boolean lines = !log.read(build.id(), now.attempt(), 0, 10).isEmpty();
        boolean steps = !log.steps(build.id(), now.attempt()).isEmpty();
        assertThat(now.logKept()).isEqualTo(lines).isEqualTo(steps);
        return now.logKept();
    }

    private Build ended(App app, BuildOutcome outcome) {
        BuildQueue.Claim claim = begun(app);
        assertThat(queue.finish(claim, outcome)).isTrue();
        return claim.build();
    }

    private BuildQueue.Claim begun(App app) {
        builds.enqueue(Given.push(app, "1"));
        BuildQueue.Claim claim = queue.claim("a").orElseThrow();
        log.append(claim, 0, List.of("a line"));
        log.step(claim, new BuildStep(1, "[1/1] RUN true", BuildStep.State.DONE, Instant.EPOCH, 5L));
        return claim;
    }

    /// As if so many builds had been asked for since.
    private void countOn(App app, int builds) {
        database.jdbc()
                .sql("UPDATE apps SET last_build = last_build + :builds WHERE id = :id")
                .param("builds", builds)
                .param("id", app.id())
                .update();
    }

    private App app(String name) {
        return Given.app(database, name);
    }
}
