package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.LogPruning;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.engine.ImageTag;
import dev.slipway.worker.process.StepLimiter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BuildWorkerTest {
    static final String SHELL = """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """;
    private TestSite site;
    private App app;

    @BeforeEach
    void site() throws Exception {
        site = new TestSite();
        app = site.app(BuildSettings.DEFAULT);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void aCommitBecomesAnImageInTheRegistryWithItsStepsAndLogRecorded() throws Exception {
        site.worker("w1");
        Build build = site.enqueue(
                app,
                site.repository(app)
                        .busybox()
                        .file("hello.txt", "hello " + UUID.randomUUID() + "\n")
                        .file("Dockerfile", SHELL + """
                COPY hello.txt /hello.txt
                RUN cat /hello.txt && echo ok
                EXPOSE 9000 8000/tcp 53/udp
                """)
                        .commit());
        assertThat(site.awaitEnd(build).message()).isNull();
        assertThat(site.find(build).state()).isEqualTo(BuildState.SUCCEEDED);
        ImageVersion image = new ImageStore(site.database).ofBuild(build.id()).orElseThrow();
        assertThat(image.exposedPort()).isEqualTo(8000);
        assertThat(image.imageId().value()).isEqualTo(site.find(build).localImage());
        assertThat(site.registry.manifest("shop/manifests/b1"))
                .isEqualTo(image.digest().value());
        assertThat(site.log(build)).containsSubsequence("[4/4] RUN cat /hello.txt && echo ok", "ok");
        List<BuildStep> steps = new BuildLog(site.database).steps(build.id(), 1);
        assertThat(steps)
                .allMatch(step -> step.state() == BuildStep.State.DONE || step.state() == BuildStep.State.CACHED)
                .anyMatch(step -> step.name().equals("[4/4] RUN cat /hello.txt && echo ok"));
    }

    @Test
    void aCommandThatTakesMoreMemoryThanABuildMayIsKilledAndTheBuildSaysSo() throws Exception {
        site.worker("w1", Map.of("SLIPWAY_BUILD_MEMORY_MB", "64", "SLIPWAY_BUILD_CPUS", "1.5"));
        Build build = site.enqueue(
                app,
                site.repository(app).busybox().file("Dockerfile", SHELL + """
                RUN i=0; while [ $i -lt 500 ]; do dd if=/dev/zero of=/dev/null bs=128M count=1 || exit $?; i=$((i+1)); done
                """).commit());
        Build ended = site.awaitEnd(build);
        if (!StepLimiter.isPossible(TestSite.ENGINE)) {
            // the worker has said so at its start
            assertThat(ended.state()).isEqualTo(BuildState.SUCCEEDED);
            return;
        }
        assertThat(ended.state()).isEqualTo(BuildState.FAILED);
        assertThat(ended.reason()).isEqualTo(BuildReason.OUT_OF_MEMORY);
        assertThat(ended.message()).contains("exited with 137", "SLIPWAY_BUILD_MEMORY_MB");
    }

    @Test
    void aFailingCommandIsTheUsersResultWithItsLineAndLastLines() throws Exception {
        site.worker("w1");
        Build build = site.enqueue(
                app,
                site.repository(app).busybox().file("Dockerfile", SHELL + """
                # comment
                RUN echo installing && \\
                    echo broken && exit 3
                """).commit());
        Build failed = site.awaitEnd(build);
        assertThat(failed.state()).isEqualTo(BuildState.FAILED);
        assertThat(failed.reason()).isEqualTo(BuildReason.STEP_FAILED);
        assertThat(failed.failedLine()).isEqualTo(5);
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.message())
                .startsWith("RUN echo installing && echo broken && exit 3 (Dockerfile line 5) exited with 3.")
                .endsWith("Last lines:\ninstalling\nbroken");
    }

    @Test
    void theEngineKeepsTheNewestFiveImagesOfAnAppAndNoPushTags() throws Exception {
        site.worker("w1");
        TestRepository repository = site.repository(app).busybox();
        for (int i = 0; i < 7; i++) {
            Build build = site.enqueue(
                    app,
                    repository
                            .file("Dockerfile", "FROM scratch\nCOPY busybox /b\nENV N=" + i + "\n")
                            .commit());
            assertThat(site.awaitEnd(build).state()).isEqualTo(BuildState.SUCCEEDED);
        }
        Engine engine = Engine.at(TestSite.ENGINE);
        String label = "dev.slipway.installation=" + site.installation;
        Awaitility.await().untilAsserted(() -> {
            assertThat(engine.tags("slipway-" + site.installation + "/shop", label))
                    .extracting(ImageTag::tag)
                    .containsExactlyInAnyOrder("b3", "b4", "b5", "b6", "b7");
            assertThat(engine.tags("127.0.0.1:" + site.registry.port() + "/shop", label))
                    .isEmpty();
        });
    }

    @Test
    void whatAnOldBuildWroteGoesWhenAnotherOneHasEnded() throws Exception {
        Build old = site.enqueue(app, "1".repeat(40));
        BuildQueue queue = new BuildQueue(site.database);
        BuildQueue.Claim claim = queue.claim("w0").orElseThrow();
        new BuildLog(site.database).append(claim, 0, List.of("a line"));
        queue.finish(claim, new BuildOutcome.Cancelled("ada"));
        site.database
                .jdbc()
                .sql("UPDATE apps SET last_build = :kept")
                .param("kept", LogPruning.KEPT)
                .update();
        site.worker("w1");
        site.awaitEnd(site.enqueue(app, site.repository(app).file("README", "").commit()));
        Awaitility.await().until(() -> !site.find(old).logKept());
        assertThat(site.log(old)).isEmpty();
    }

    @Test
    void settingsOfTheAppReachTheBuild() throws Exception {
        site.worker("w1");
        new AppStore(site.database)
                .update(
                        app.id(),
                        app.source(),
                        new BuildSettings(
                                "web",
                                "deploy/Dockerfile",
                                "first",
                                Map.of("GREETING", "good 'morning' \"$HOME\""),
                                60),
                        app.processes());
        Build build = site.enqueue(
                app,
                site.repository(app)
                        .executable(
                                "web/busybox", java.nio.file.Files.readAllBytes(java.nio.file.Path.of("/bin/busybox")))
                        .file(
                                "web/deploy/Dockerfile",
                                SHELL.replace("FROM scratch", "FROM scratch AS first")
                                        + "ARG GREETING\nRUN echo \"$GREETING\" # " + UUID.randomUUID()
                                        + "\nFROM scratch\nCOPY nothing /\n")
                        .commit());
        assertThat(site.awaitEnd(build).message()).isNull();
        assertThat(site.log(build)).contains("good 'morning' \"$HOME\"");
    }

    @Test
    void aCommitsProcessesArePartOfItsRelease() throws Exception {
        site.worker("w1");
        Build build = site.enqueue(
                app,
                site.repository(app)
                        .busybox()
                        .file("Dockerfile", "FROM scratch\nCOPY busybox /b\n")
                        .file("slipway.yml", """
                                processes:
                                  worker:
                                    command: /b sleep 1000
                                    instances: 3
                                release:
                                  command: /b true
                                """)
                        .commit());
        assertThat(site.awaitEnd(build).message()).isNull();
        Release release = new ReleaseStore(site.database)
                .ofApp(app.id(), Integer.MAX_VALUE, 1)
                .getFirst();
        assertThat(release.processes().others().get("worker"))
                .extracting(ProcessSpec::command)
                .isEqualTo(List.of("/b", "sleep", "1000"));
        assertThat(release.processes().release())
                .extracting(ReleaseCommand::command)
                .isEqualTo(List.of("/b", "true"));
        App now = new AppStore(site.database).find(app.id()).orElseThrow();
        assertThat(now.scale().of("worker")).isEqualTo(3);
        assertThat(now.processes()).isEqualTo(app.processes());
    }

    @Test
    void aBrokenProcessFileFailsTheBuildBeforeTheEngineIsAsked() throws Exception {
        site.worker("w1");
        Build build = site.enqueue(
                app,
                site.repository(app)
                        .file("Dockerfile", "FROM scratch\n")
                        .file("slipway.yml", "processes:\n  web:\n    memory: 5\n")
                        .commit());
        Build failed = site.awaitEnd(build);
        assertThat(failed.state()).isEqualTo(BuildState.FAILED);
        assertThat(failed.reason()).isEqualTo(BuildReason.BAD_PROCESS_FILE);
        assertThat(failed.message()).startsWith("slipway.yml, line 3: \"memory\" isn't known here; allowed: command");
        assertThat(site.log(failed)).isEmpty();
    }

    @Test
    void aCommitWithoutADockerfileFailsWithoutAskingTheEngine() throws Exception {
        site.worker("w1");
        Build build = site.enqueue(app, site.repository(app).file("README", "").commit());
        assertThat(site.awaitEnd(build).reason()).isEqualTo(BuildReason.NO_DOCKERFILE);
    }
}
