package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// kill -9 of each program at its worst moment: after the return everything ends where it should, without a
/// hand.
class NothingIsLostTest {
    /// A build that takes a while, so that there is a middle to die in.
    private static final String SLOW_BUILD = """
            FROM scratch
            COPY busybox /bin/busybox
            COPY index.html /www/index.html
            RUN ["/bin/busybox", "sleep", "4"]
            EXPOSE 8000
            CMD ["/bin/busybox", "httpd", "-f", "-p", "8000", "-h", "/www"]
            """;
    /// An app that takes a while to answer, so that a rollout has a middle.
    private static final String SLOW_START = """
            FROM scratch
            COPY busybox /bin/busybox
            COPY index.html /www/index.html
            EXPOSE 8000
            CMD ["/bin/busybox", "sh", "-c", "/bin/busybox sleep 4; exec /bin/busybox httpd -f -p 8000 -h /www"]
            """;

    private static TestPlatform platform;

    @BeforeAll
    static void up() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void down() {
        platform.close();
    }

    @Test
    void aWorkerKilledInTheMiddleOfABuild() {
        SampleRepository repository = app("worker-dies", SLOW_BUILD);
        repository.pushInBackground(platform, "worker-dies");
        String worker =
                platform.awaitBuild("worker-dies", 1, "RUNNING").path("worker").asString();
        platform.kill(worker);
        platform.awaitVisit("worker-dies", "200 version 1");
        assertThat(platform.awaitBuild("worker-dies", 1, "SUCCEEDED")
                        .path("attempt")
                        .asInt())
                .isGreaterThan(1);
    }

    @Test
    void platformServerKilledRightAfterAnAcknowledgedPush() {
        SampleRepository repository = app("server-dies", SLOW_BUILD);
        repository.pushInBackground(platform, "server-dies");
        platform.awaitBuild("server-dies", 1, "RUNNING");
        platform.kill("platform-server");
        platform.awaitVisit("server-dies", "200 version 1");
        platform.awaitBuild("server-dies", 1, "SUCCEEDED");
    }

    @Test
    void platformServerKilledInTheMiddleOfARollout() {
        SampleRepository repository = app("rollout", SLOW_START);
        repository.pushInBackground(platform, "rollout");
        platform.awaitRelease("rollout", 1, "STARTING");
        platform.kill("platform-server");
        platform.awaitVisit("rollout", "200 version 1");
        platform.awaitRelease("rollout", 1, "LIVE");
    }

    @Test
    void runtimeKilledInTheMiddleOfASwitch() {
        SampleRepository repository = app("switching", SampleRepository.DOCKERFILE);
        repository.push(platform, "switching");
        platform.awaitVisit("switching", "200 version 1");
        repository
                .write("Dockerfile", SLOW_START)
                .write("index.html", "version 2\n")
                .commit("Two")
                .pushInBackground(platform, "switching");
        platform.awaitRelease("switching", 2, "STARTING");
        platform.kill("runtime");
        platform.awaitVisit("switching", "200 version 2");
        platform.awaitRelease("switching", 2, "LIVE");
        platform.awaitRelease("switching", 1, "RETIRED");
    }

    @Test
    void postgresKilledInTheMiddleOfABuild() {
        SampleRepository repository = app("database-dies", SLOW_BUILD);
        repository.pushInBackground(platform, "database-dies");
        platform.awaitBuild("database-dies", 1, "RUNNING");
        platform.kill("postgres");
        platform.awaitVisit("database-dies", "200 version 1");
        platform.awaitBuild("database-dies", 1, "SUCCEEDED");
    }

    private static SampleRepository app(String name, String dockerfile) {
        platform.createApp(name);
        return SampleRepository.create()
                .write("Dockerfile", dockerfile)
                .write("index.html", "version 1\n")
                .commit("One");
    }
}
