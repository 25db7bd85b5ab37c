package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.ImageSource;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The runtime tier dies, or what it lives on does, at the worst moments.
@Timeout(120)
class RestartTest {
    private TestPlatform platform;
    private App app;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        app = platform.app("shop", PROCESS);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Release live(String answer) {
        return platform.awaitState(platform.release(app, TestImages.web(answer, 8000), 8000), ReleaseState.LIVE);
    }

    private String answer() throws Exception {
        return platform.get("shop", "/").body();
    }

    private Instance serving() {
        return await().until(
                        () -> platform.instancesOf(app).stream()
                                .filter(i -> i.state() == Instance.State.SERVING)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void runningInstancesAreAdoptedAndServeFromTheFirstMoment() throws Exception {
        live("one");
        Instance before = serving();
        platform.kill();
        platform.start();
        assertThat(answer()).isEqualTo("one\n");
        await().until(platform::ready);
        assertThat(answer()).isEqualTo("one\n");
        assertThat(serving())
                .extracting(Instance::id, Instance::containerId)
                .containsExactly(before.id(), before.containerId());
        assertThat(platform.containers()).hasSize(1);
    }

    @Test
    void whatWasFoundRunningIsReplacedWithItsVariablesThoughTheDatabaseIsAway() throws Exception {
        platform.config(app, 1, "{\"WORD\":\"one\"}");
        Digest telling =
                TestImages.script("mkdir -p /w; echo $WORD > /w/index.html; exec busybox httpd -f -p 8000 -h /w");
        platform.awaitState(platform.release(app, telling, 8000), ReleaseState.LIVE);
        platform.kill();
        platform.start();
        await().until(platform::ready);
        Instance before = serving();
        platform.databaseCable.cut();
        TestImages.docker()
                .removeContainerCmd(String.valueOf(before.containerId()))
                .withForce(true)
                .exec();
        await().ignoreExceptions().until(() -> answer().equals("one\n"));
        assertThat(platform.containers())
                .hasSize(1)
                .noneMatch(container -> container.getId().equals(before.containerId()));
        platform.databaseCable.mend();
    }

    @Test
    void byTheTablesOfAnotherDatabaseNothingIsRemoved() throws Exception {
        live("one");
        Instance before = serving();
        platform.kill();
        Path belongsTo = platform.home.resolve("database");
        String itself = Files.readString(belongsTo);
        Files.writeString(belongsTo, UUID.randomUUID().toString());
        sql("UPDATE apps SET deleted_at = now()");
        long connections = connections();
        platform.start();
        await().until(() -> connections() >= connections + 4); // of the bell and of the first look, again and again
        assertThat(platform.ready()).isFalse();
        assertThat(answer()).isEqualTo("one\n");
        assertThat(platform.containers()).hasSize(1);

        sql("UPDATE apps SET deleted_at = NULL");
        platform.kill();
        Files.writeString(belongsTo, itself);
        platform.start();
        await().until(platform::ready);
        assertThat(serving().id()).isEqualTo(before.id());
    }

    private void sql(String statement) {
        platform.database.jdbc().sql(statement).update();
    }

    private long connections() {
        return platform.database
                .jdbc()
                .sql("SELECT sessions FROM pg_stat_database WHERE datname = current_database()")
                .query(Long.class)
                .single();
    }

    @Test
    void aReleaseWaitsForARegistryThatIsAwayInsteadOfFailing() throws Exception {
        live("one");
        ImageSource image = platform.registry.image("shop");
        platform.registry.leave();
        Release second = platform.succeed(platform.claim(app), image, 8000);
        await().until(() -> platform.instancesOf(app).stream()
                .anyMatch(i -> String.valueOf(i.message()).startsWith("Waiting for its image: the registry at")));
        assertThat(answer()).isEqualTo("one\n");
        platform.registry.comeBack();
        platform.awaitState(second, ReleaseState.LIVE);
        assertThat(platform.get("shop", "/busybox").statusCode()).isEqualTo(200);
        TestImages.docker()
                .removeImageCmd(platform.registry.address() + "/shop@" + image.digest())
                .withForce(true)
                .exec();
    }

    @Test
    void aStartThatWasUnderWayGoesOnWithTheSameInstance() throws Exception {
        live("one");
        var slow = TestImages.image("RUN mkdir /www && echo slow > /www/index.html\n"
                + "CMD [\"sh\", \"-c\", \"sleep 4; exec busybox httpd -f -p 8000 -h /www\"]\n");
        Release second = platform.awaitState(platform.release(app, slow, 8000), ReleaseState.STARTING);
        await().until(() -> platform.containers().stream()
                        .filter(c -> c.getState().equals("running"))
                        .count()
                == 2);
        platform.kill();
        platform.start();
        assertThat(answer()).isEqualTo("one\n");
        platform.awaitState(second, ReleaseState.LIVE);
        assertThat(answer()).isEqualTo("slow\n");
        assertThat(platform.instancesOf(app)).hasSize(2);
    }

    @Test
    void aHeadStartIsStillAdoptedAfterARestart() throws Exception {
        BuildQueue.Claim claim = platform.claim(app);
        platform.queue.imageBuilt(claim, TestImages.web("early", 8000), 8000);
        await().until(() -> platform.instancesOf(app).stream().anyMatch(i -> i.state() == Instance.State.HEALTHY));
        String id = platform.instancesOf(app).getFirst().id();
        platform.kill();
        platform.awaitState(platform.succeed(claim, TestImages.web("early", 8000), 8000), ReleaseState.PENDING);
        platform.start();
        platform.awaitState(platform.newest(app.id()), ReleaseState.LIVE);
        await().until(() -> serving().id().equals(id));
        assertThat(platform.containers()).hasSize(1);
    }

    @Test
    void killedAfterTheSwitchAndBeforeTheTablesKnowIt() throws Exception {
        Release first = live("one");
        String one = serving().id();
        Release second = platform.release(app, TestImages.web("two", 8000), 8000);
        try (var lock = platform.database.dataSource().getConnection()) {
            // a transition to LIVE locks the app's row first: here it waits for ever
            lock.setAutoCommit(false);
            lock.createStatement().execute("SELECT id FROM apps FOR NO KEY UPDATE");
            await().until(() -> answer().equals("two\n"));
            // the route is switched first, then written down
            await().until(() -> !Files.readString(platform.home.resolve("runtime/routes.json"))
                    .contains(one));
            platform.kill();
            lock.createStatement()
                    .execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'slipway-runtime'");
            lock.rollback();
        }
        assertThat(platform.releases.find(first.id()).orElseThrow().state()).isEqualTo(ReleaseState.LIVE);
        assertThat(platform.releases.find(second.id()).orElseThrow().state()).isEqualTo(ReleaseState.STARTING);
        platform.start();
        assertThat(answer()).isEqualTo("two\n");
        platform.awaitState(second, ReleaseState.LIVE);
        assertThat(answer()).isEqualTo("two\n");
        await().until(() -> platform.containers().size() == 1);
        assertThat(platform.releases.find(first.id()).orElseThrow().state()).isEqualTo(ReleaseState.RETIRED);
    }

    @Test
    void whatEndedMeanwhileIsReplacedAtOnce() throws Exception {
        live("one");
        Instance before = serving();
        platform.kill();
        TestImages.docker().killContainerCmd(before.containerId()).exec();
        platform.start();
        await().until(() -> answer().equals("one\n"));
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .extracting(Instance::state)
                .containsExactlyInAnyOrder(Instance.State.STOPPED, Instance.State.SERVING));
        assertThat(platform.releases.open()).extracting(Release::state).containsExactly(ReleaseState.LIVE);
    }

    @Test
    void whatNoReleaseWantsIsRemovedButOnlyOurs() throws Exception {
        live("one");
        platform.kill();
        var image = TestImages.script("sleep 1000");
        var stray = platform.anotherEngine()
                .start(new ContainerSpec(
                        "stray-1-abc",
                        image.value(),
                        Map.of(),
                        Map.of(Labels.APP, "4711", Labels.INSTANCE, "stray-1-abc"),
                        new ContainerSpec.Limits(32, 100, 16)));
        String foreign = TestImages.docker()
                .createContainerCmd(image.value())
                .withLabels(Map.of(Labels.INSTALLATION, "somebody-else", Labels.APP, "1"))
                .exec()
                .getId();
        TestImages.docker().startContainerCmd(foreign).exec();
        try {
            platform.start();
            await().until(() -> platform.engine().inspect(stray.id()).isEmpty());
            assertThat(platform.engine().inspect(foreign).orElseThrow().running())
                    .isTrue();
            assertThat(platform.containers()).hasSize(1);
        } finally {
            TestImages.docker().removeContainerCmd(foreign).withForce(true).exec();
        }
    }

    @Test
    void withoutTheDatabaseAppsServeAndAreKeptUp() throws Exception {
        live("one");
        Instance before = serving();
        platform.databaseCable.cut();
        assertThat(answer()).isEqualTo("one\n");
        TestImages.docker()
                .killContainerCmd(before.containerId())
                .withSignal("SIGTERM")
                .exec();
        await().until(() -> platform.get("shop", "/").statusCode() == 503);
        await().until(() -> answer().equals("one\n"));
        assertThat(platform.containers()).hasSizeGreaterThanOrEqualTo(1);
        platform.databaseCable.mend();
        await().untilAsserted(() -> assertThat(platform.instancesOf(app))
                .extracting(Instance::id, Instance::state)
                .contains(tuple(before.id(), Instance.State.FAILED))
                .hasSize(2));
        live("two");
        assertThat(answer()).isEqualTo("two\n");
    }

    @Test
    void startedWithoutTheDatabaseItServesAndRemovesNothing() throws Exception {
        live("one");
        platform.kill();
        platform.databaseCable.cut();
        platform.start();
        assertThat(answer()).isEqualTo("one\n");
        await().during(java.time.Duration.ofSeconds(4))
                .until(() -> answer().equals("one\n") && platform.containers().size() == 1 && !platform.ready());
        platform.databaseCable.mend();
        await().until(platform::ready);
        live("two");
        assertThat(answer()).isEqualTo("two\n");
    }

    @Test
    void withoutTheEngineAppsServeAndRolloutsWait() throws Exception {
        live("one");
        platform.engineCable.cut();
        assertThat(answer()).isEqualTo("one\n");
        Release second =
                platform.awaitState(platform.release(app, TestImages.web("two", 8000), 8000), ReleaseState.STARTING);
        await().until(() -> platform.instancesOf(app).stream()
                .anyMatch(i -> String.valueOf(i.message()).contains("Waiting for Docker")));
        assertThat(answer()).isEqualTo("one\n");
        assertThat(serving().releaseId()).isNotEqualTo(second.id());
        platform.engineCable.mend();
        platform.awaitState(second, ReleaseState.LIVE);
        assertThat(answer()).isEqualTo("two\n");
        await().until(() -> platform.containers().size() == 1);
    }
}
