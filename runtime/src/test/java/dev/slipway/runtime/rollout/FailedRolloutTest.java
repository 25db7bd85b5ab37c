package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way in which a release can fail, with a real container that does it: the reason is told, the old
/// release stays.
@Timeout(120)
class FailedRolloutTest {
    private static final ProcessSpec SHORT = new ProcessSpec(null, null, 64, 500, 64, 2, 1);
    private static TestPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = new TestPlatform();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    record Case(
            String name,
            ProcessSpec process,
            java.util.function.Supplier<Digest> image,
            @org.jspecify.annotations.Nullable Integer exposedPort,
            ReleaseReason reason,
            String... says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        ProcessSpec patient = new ProcessSpec(null, null, 64, 500, 64, 30, 1);
        return Stream.of(
                new Case(
                        "no-port",
                        SHORT,
                        () -> TestImages.script("busybox httpd -p 3000 -h /; busybox httpd -f -p 4000 -h /"),
                        null,
                        ReleaseReason.NO_PORT,
                        "the ports 3000, 4000, but not on port 8080",
                        "EXPOSE"),
                new Case(
                        "loopback",
                        patient,
                        () -> TestImages.script("busybox httpd -f -p 127.0.0.1:3000 -h /"),
                        3000,
                        ReleaseReason.LISTENS_ON_LOOPBACK,
                        "listens on 127.0.0.1:3000",
                        "listen on 0.0.0.0:3000"),
                new Case(
                        "loopback-elsewhere",
                        SHORT,
                        () -> TestImages.script("busybox httpd -f -p 127.0.0.1:3000 -h /"),
                        8000,
                        ReleaseReason.LISTENS_ON_LOOPBACK,
                        "127.0.0.1:3000, not on port 8000"),
                new Case(
                        "other-port",
                        SHORT,
                        () -> TestImages.web("x", 8080),
                        8000,
                        ReleaseReason.NOT_LISTENING,
                        ":8080, not on port 8000",
                        "set the app's port to 8080"),
                new Case(
                        "no-listener",
                        SHORT,
                        () -> TestImages.script("echo warming up; sleep 1000"),
                        8000,
                        ReleaseReason.NOT_LISTENING,
                        "listens on no port",
                        "longer than 2 s",
                        "warming up"),
                new Case(
                        "unhealthy",
                        new ProcessSpec(null, "/health", 64, 500, 64, 2, 1),
                        () -> TestImages.web("x", 8000),
                        8000,
                        ReleaseReason.UNHEALTHY,
                        "GET /health on port 8000",
                        "404 Not Found"),
                new Case(
                        "command",
                        new ProcessSpec(
                                null,
                                null,
                                64,
                                500,
                                64,
                                2,
                                1,
                                null,
                                null,
                                null,
                                new HealthCheck(null, List.of("cat", "/no such file"), null, null, null)),
                        () -> TestImages.web("x", 8000),
                        8000,
                        ReleaseReason.UNHEALTHY,
                        "The command cat '/no such file'",
                        "exit code 1 (cat: can't open '/no such file'"),
                new Case(
                        "mute",
                        new ProcessSpec(null, "/health", 64, 500, 64, 2, 1),
                        () -> TestImages.script("busybox nc -ll -p 8000 -e sleep 100"),
                        8000,
                        ReleaseReason.UNHEALTHY,
                        "took the connection but sent no answer"),
                new Case(
                        "exits",
                        SHORT,
                        () -> TestImages.script("echo starting; echo cannot find the database >&2; exit 3"),
                        8000,
                        ReleaseReason.EXITED,
                        "exited with code 3",
                        "starting",
                        "cannot find the database"),
                new Case(
                        "exits-later",
                        SHORT,
                        () -> TestImages.script("busybox sleep 1; exit 0"),
                        8000,
                        ReleaseReason.EXITED,
                        "exited with code 0",
                        "a web app should keep running"),
                new Case(
                        "no-command",
                        SHORT,
                        () -> TestImages.image("CMD [\"/no/such/program\"]\n"),
                        8000,
                        ReleaseReason.EXITED,
                        "/no/such/program"),
                new Case(
                        "memory",
                        patient,
                        () -> TestImages.script("x=1234567890123456; while true; do x=$x$x; done"),
                        8000,
                        ReleaseReason.OUT_OF_MEMORY,
                        "limit of 64 MiB"),
                new Case(
                        "hidden-memory",
                        SHORT,
                        () -> TestImages.script("x=$(tail /dev/zero); echo still here; sleep 1000"),
                        8000,
                        ReleaseReason.OUT_OF_MEMORY,
                        "One of its processes was killed",
                        "listens on no port",
                        "still here"),
                new Case(
                        "processes",
                        SHORT,
                        () -> TestImages.script("sh -c 'while true; do sleep 1000 & done'; sleep 1000"),
                        8000,
                        ReleaseReason.PROCESS_LIMIT,
                        "limit of 64 processes",
                        "can't fork"),
                new Case(
                        "no-image",
                        SHORT,
                        () -> new Digest("sha256:" + "e".repeat(64)),
                        8000,
                        ReleaseReason.IMAGE_UNAVAILABLE,
                        "couldn't pull"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReasonIsToldAndTheOldReleaseNeverNotices(Case failing) throws Exception {
        App app = platform.app(failing.name(), failing.process());
        platform.apps.update(app.id(), app.source(), app.build(), Processes.of(PROCESS));
        Release good =
                platform.awaitState(platform.release(app, TestImages.web("good", 8000), 8000), ReleaseState.LIVE);
        String instance = platform.servingInstanceOf(app).id();
        platform.apps.update(app.id(), app.source(), app.build(), Processes.of(failing.process()));
        Release failed = platform.awaitState(
                platform.release(app, failing.image().get(), failing.exposedPort()), ReleaseState.FAILED);
        assertThat(failed.reason()).as(failed.message()).isEqualTo(failing.reason());
        assertThat(failed.message()).contains(failing.says());
        assertThat(platform.releases.find(good.id()).orElseThrow().state()).isEqualTo(ReleaseState.LIVE);
        assertThat(platform.get(failing.name(), "/").body()).isEqualTo("good\n");
        await().until(() -> platform.containersOf(app).size() == 1);
        assertThat(platform.instancesOf(app))
                .filteredOn(i -> i.id().equals(instance))
                .extracting(Instance::state)
                .containsExactly(Instance.State.SERVING);
    }
}
