package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Bell;
import dev.slipway.db.apps.App;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.volumes.Volume;
import dev.slipway.db.volumes.VolumeSize;
import dev.slipway.runtime.engine.Mount;
import dev.slipway.runtime.testing.ContainerDiary;
import dev.slipway.runtime.testing.Load;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An app that writes a volume: what it wrote is always there, there are never two that write, and nobody notices.
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class StorageTest {
    private TestPlatform platform;
    private ContainerDiary diary;
    private App app;
    private Volume volume;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        diary = new ContainerDiary(platform.installation);
        app = platform.app("shop", PROCESS);
        volume = platform.volume(app, "data", "/data");
    }

    @AfterEach
    void stop() {
        diary.close();
        platform.close();
        assertThat(diary.mostAtOnce()).isEqualTo(1);
    }

    /// Writes its name into its volume when it starts, and serves what is there.
    private static Digest keeping(String name) {
        return TestImages.image("EXPOSE 8000\nCMD [\"sh\", \"-c\", \"mkdir -p /data; echo " + name
                + " >> /data/diary; exec busybox httpd -f -p 8000 -h /data\"]\n");
    }

    private Release live(Digest image) {
        return platform.awaitState(platform.release(app, image, 8000), ReleaseState.LIVE);
    }

    private String diaryOfTheApp() throws Exception {
        HttpResponse<String> answer = platform.get("shop", "/diary");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().replace('\n', ' ').strip();
    }

    @Test
    void whatWasWrittenSurvivesReleasesRollbacksAndRestarts() throws Exception {
        Release first = live(keeping("one"));
        live(keeping("two"));
        assertThat(diaryOfTheApp()).isEqualTo("one two");
        platform.awaitState(platform.rollback(first), ReleaseState.LIVE);
        assertThat(diaryOfTheApp()).isEqualTo("one two one");
        platform.kill();
        platform.start();
        assertThat(diaryOfTheApp()).isEqualTo("one two one");
        await().until(platform::ready);
        live(keeping("two"));
        assertThat(diaryOfTheApp()).isEqualTo("one two one two");
        assertThat(platform.storage()).containsExactly("slipway-" + platform.installation + "-" + volume.storage());
    }

    @Test
    void tenReleasesUnderLoadAndNoRequestFails() throws Exception {
        List<Digest> images = List.of(TestImages.keepAliveWeb("one", 8000), TestImages.keepAliveWeb("two", 8000));
        live(images.get(1));
        Load load = new Load("shop.localhost", platform.port, 8, true);
        try (load) {
            await().until(() -> load.requests() > 200);
            for (int i = 0; i < 10; i++) {
                live(images.get(i % 2));
                int soFar = load.requests();
                await().until(() -> load.requests() > soFar + 50);
            }
        }
        assertThat(load.failures()).isEmpty();
        assertThat(load.answers().keySet()).containsExactlyInAnyOrder("one", "two");
        System.out.println(load.requests() + " requests over ten stop-first releases, none failed");
    }

    @Test
    void whenTheNewReleaseFailsTheOldOneComesBackAndRequestsWaitForIt() throws Exception {
        live(keeping("one"));
        CompletableFuture<Void> started = diary.next("start");
        Release broken = platform.release(app, TestImages.script("echo broken >> /data/diary; sleep 1; exit 3"), 8000);
        started.get(30, TimeUnit.SECONDS);
        CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> {
            try {
                return diaryOfTheApp();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Release failed = platform.awaitState(broken, ReleaseState.FAILED);
        assertThat(failed.reason()).isEqualTo(ReleaseReason.EXITED);
        assertThat(held.get(30, TimeUnit.SECONDS)).isEqualTo("one broken one");
        await().until(() -> platform.instancesOf(app).stream()
                        .filter(i -> i.state() == Instance.State.SERVING)
                        .count()
                == 1);
        assertThat(platform.releases.open()).extracting(Release::number).containsExactly(1);
    }

    /// Of the order: the old one is asked to end, has ended, is removed; the new one is made, started.
    @ParameterizedTest
    @ValueSource(strings = {"kill", "die", "destroy", "create", "start"})
    void killedAtAnyPointOfTheChangeItGoesOn(String event) throws Exception {
        live(keeping("one"));
        CompletableFuture<Void> seen = diary.next(event);
        Release second = platform.release(app, keeping("two"), 8000);
        seen.get(30, TimeUnit.SECONDS);
        platform.kill();
        platform.start();
        platform.awaitState(second, ReleaseState.LIVE);
        assertThat(diaryOfTheApp()).startsWith("one").endsWith("two");
        await().until(() -> platform.containersOf(app).size() == 1);
    }

    @Test
    void oneThatDiesIsReplacedOnTheSameVolume() throws Exception {
        live(keeping("one"));
        String container = platform.containersOf(app).getFirst().getId();
        TestImages.docker().killContainerCmd(container).exec();
        await().until(() ->
                platform.containersOf(app).stream().noneMatch(c -> c.getId().equals(container)));
        await().until(() -> platform.get("shop", "/diary").statusCode() == 200);
        assertThat(diaryOfTheApp()).isEqualTo("one one");
    }

    @Test
    void whatIsDetachedIsKeptAndCanBeGivenToAnotherApp() throws Exception {
        live(keeping("one"));
        live(keeping("two"));
        platform.volumes.detach(volume);
        await().until(() -> diaryOfTheApp().equals("two"));
        App other = platform.app("blog", PROCESS);
        assertThat(platform.volumes.attach(
                        volume,
                        new dev.slipway.db.volumes.VolumeStore.Owner(other.id(), "blog", volume.name()),
                        volume.mounting()))
                .isTrue();
        platform.awaitState(platform.release(other, keeping("blog"), 8000), ReleaseState.LIVE);
        assertThat(platform.get("blog", "/diary").body()).isEqualTo("one\ntwo\nblog\n");
        diary.forget();
    }

    /// What was measured before the app wrote is made old.
    private boolean sizeIsKnown() {
        VolumeSize size = platform.volumes.find(volume.id()).orElseThrow().size();
        if (size != null && size.bytes() != 4) {
            platform.volumes.sized(volume.id(), new VolumeSize(size.bytes(), true, Instant.EPOCH));
            Bell.ring(platform.database, Bell.Topic.APP, app.id());
        }
        return size != null && size.bytes() == 4 && size.whole();
    }

    @Test
    void onlyWhatIsDetachedCanBeDeletedAndThenItsDataAreGone() throws Exception {
        live(keeping("one"));
        await().until(this::sizeIsKnown);
        assertThat(platform.volumes.delete(volume, "ada")).isFalse();
        platform.apps.delete(app.id());
        await().until(() -> platform.containersOf(app).isEmpty());
        assertThat(platform.storage()).hasSize(1);
        assertThat(platform.volumes.delete(volume, "ada")).isTrue();
        await().until(() -> platform.storage().isEmpty());
        await().until(() -> platform.volumes.all().isEmpty());
    }

    @Test
    void commandsAndTerminalsReadWhatTheInstanceWritesAndCantWriteThemselves() throws Exception {
        Release live = live(keeping("one"));
        RunStore runs = new RunStore(platform.database);
        Run run = runs.create(new RunStore.NewRun(
                app.id(),
                live.id(),
                Run.Kind.ONE_OFF,
                List.of("sh", "-c", "cat /data/diary; echo two >> /data/diary"),
                60,
                "ada"));
        RunHistory history = new RunHistory(platform.database);
        await().until(() -> history.find(app.id(), run.id()).orElseThrow().state() == RunState.FAILED);
        assertThat(runs.output(run.id()).orElse("")).contains("one\n", "Read-only file system");
        assertThat(diaryOfTheApp()).isEqualTo("one");
        assertThat(platform.terminalSource()
                        .container(app.id(), "0", List.of("sh"))
                        .orElseThrow()
                        .mounts())
                .containsExactly(new Mount(volume.storage(), "/data", true));
    }

    @Test
    void dataThatVanishedFromTheEngineAreMissedInsteadOfMadeAnew() throws Exception {
        live(keeping("one"));
        platform.apps.setInstances(app.id(), 0);
        await().until(() -> platform.containersOf(app).isEmpty());
        TestImages.docker().removeVolumeCmd(platform.storage().getFirst()).exec();
        platform.apps.setInstances(app.id(), 1);
        await().until(() -> platform.instancesOf(app).stream()
                .anyMatch(i -> String.valueOf(i.message()).contains("isn't in Docker any more")));
        assertThat(platform.storage()).isEmpty();
        diary.forget();
    }
}
