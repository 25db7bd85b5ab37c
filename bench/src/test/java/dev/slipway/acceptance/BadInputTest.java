package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Bad input gets a clear answer and breaks nothing: the old release stays live.
class BadInputTest {
    private static final String BASE = """
            FROM scratch
            COPY busybox /bin/busybox
            COPY index.html /www/index.html
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

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "-shop", "shop-", "a.b", "api", "localhost", "sh op", "../x", "", "ä"})
    void anAppNameThatIsNoDnsLabelOrIsReservedIsRefusedWithASentence(String name) {
        HttpResponse<String> answer = platform.call("POST", "/api/v1/apps", "{\"name\": \"" + name + "\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(TestPlatform.JSON.readTree(answer.body()).path("detail").asString())
                .contains("name")
                .endsWith(".");
    }

    @Test
    void aTakenNameIsRefused() {
        platform.createApp("taken");
        HttpResponse<String> answer = platform.call("POST", "/api/v1/apps", "{\"name\": \"taken\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("already an app called");
    }

    @Test
    void aRepositoryWithoutADockerfileSaysSo() {
        SampleRepository repository = app("no-dockerfile").remove("Dockerfile").commit("No Dockerfile");
        assertBuildFails("no-dockerfile", repository, "NO_DOCKERFILE", "Dockerfile");
    }

    @Test
    void aSyntaxErrorInTheDockerfileIsShownWithItsLine() {
        SampleRepository repository = app("syntax")
                .write("Dockerfile", "FROM scratch\nCOPY busybox /bin/busybox\nFRUM nothing\n")
                .commit("Oops");
        assertThat(assertBuildFails("syntax", repository, "DOCKERFILE_INVALID", "FRUM")
                        .path("failedLine")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aFailingRunIsShownWithStepExitCodeAndLastLines() {
        String run = BASE + "RUN [\"/bin/busybox\", \"sh\", \"-c\", \"echo the disk is on fire; exit 7\"]\n";
        SampleRepository repository =
                app("failing-run").write("Dockerfile", run).commit("Oops");
        JsonNode build = assertBuildFails("failing-run", repository, "STEP_FAILED", "the disk is on fire");
        assertThat(build.path("exitCode").asInt()).isEqualTo(7);
        assertThat(build.path("failedLine").asInt()).isEqualTo(4);
    }

    @Test
    void aBaseImageThatCannotBeHadIsNamed() {
        SampleRepository repository = app("no-base")
                .write("Dockerfile", "FROM 127.0.0.1:9/nothing/here:1.0\n")
                .commit("Oops");
        assertBuildFails("no-base", repository, "BASE_IMAGE_UNAVAILABLE", "127.0.0.1:9/nothing/here:1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two-ports   | CMD ["/bin/busybox", "sh", "-c", "$0 httpd -p 3000; $0 httpd -f -p 4000", "/bin/busybox"]  | NO_PORT             | EXPOSE
            loopback    | EXPOSE 8000\\nCMD ["/bin/busybox", "httpd", "-f", "-p", "127.0.0.1:8000"]                 | LISTENS_ON_LOOPBACK | 0.0.0.0
            other-port  | EXPOSE 8000\\nCMD ["/bin/busybox", "httpd", "-f", "-p", "9000"]                           | NOT_LISTENING       | 9000
            exits       | EXPOSE 8000\\nCMD ["/bin/busybox", "sh", "-c", "echo I give up; exit 3"]                  | EXITED              | I give up
            eats-memory | EXPOSE 8000\\nCMD ["/bin/busybox", "sh", "-c", "x=$(/bin/busybox tail /dev/zero)"]        | OUT_OF_MEMORY       | memory
            """)
    void anImageThatCannotServeSaysWhyAndTheOldReleaseStaysLive(String name, String lines, String reason, String hint) {
        platform.post(
                "/api/v1/apps", "{\"name\": \"" + name + "\", \"process\": {\"startSeconds\": 5, \"memoryMb\": 64}}");
        SampleRepository repository =
                SampleRepository.create().write("index.html", "version 1\n").commit("Good");
        repository.push(platform, name);
        platform.awaitVisit(name, "200 version 1");
        String terminal = repository
                .write("Dockerfile", BASE + lines.replace("\\n", "\n") + "\n")
                .commit("Bad")
                .push(platform, name)
                .output();
        JsonNode release = platform.awaitRelease(name, 2, "FAILED");
        assertThat(release.path("reason").asString()).isEqualTo(reason);
        assertThat(release.path("message").asString()).contains(hint);
        assertThat(terminal).contains(hint);
        assertThat(platform.visit(name)).isEqualTo("200 version 1");
        platform.awaitRelease(name, 1, "LIVE");
    }

    @Test
    void anImageThatNeverGetsHealthyShowsTheLastAnswer() {
        platform.post(
                "/api/v1/apps",
                "{\"name\": \"unhealthy\", \"process\": {\"startSeconds\": 4, \"healthPath\": \"/health\"}}");
        SampleRepository repository =
                SampleRepository.create().write("index.html", "version 1\n").commit("No /health here");
        repository.push(platform, "unhealthy");
        JsonNode release = platform.awaitRelease("unhealthy", 1, "FAILED");
        assertThat(release.path("reason").asString()).isEqualTo("UNHEALTHY");
        assertThat(release.path("message").asString()).contains("/health").contains("404");
    }

    @Test
    void aPushWithAWrongOrMissingTokenIsRefusedAndStoresNothing() {
        SampleRepository repository = app("locked").commit("One");
        for (String credentials : new String[] {"", "ada:slw_wrong@"}) {
            Command.Result result = Command.run(
                    platform.home(),
                    java.util.Map.of("GIT_TERMINAL_PROMPT", "0"),
                    java.util.List.of(
                            "git",
                            "ls-remote",
                            "http://" + credentials + "localhost:" + platform.port() + "/git/locked.git"),
                    java.time.Duration.ofMinutes(1));
            assertThat(result.exit()).isNotZero();
        }
        assertThat(platform.get("/api/v1/apps/locked/builds").path("items").isEmpty())
                .isTrue();
        assertThat(repository.push(platform, "locked").exit()).isZero();
    }

    @Test
    void aWebhookWithABadSignatureIsRefused() {
        platform.post("/api/v1/apps", """
                {"name": "hooked", "repositoryUrl": "http://127.0.0.1:9/nothing.git"}""");
        assertThat(platform.call("POST", "/hooks/hooked", "{}").statusCode()).isEqualTo(401);
        assertThat(platform.call("POST", "/hooks/nobody", "{}").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc",
                "/etc/passwd",
                "ssh://localhost/x",
                "ext::sh -c true",
                "http://169.254.169.254/latest",
                "http://10.0.0.1/x.git",
                "http://[::1]/x.git",
                "git@host:x"
            })
    void aWatchedUrlThatIsAPathOrAnInternalAddressIsRefused(String url) {
        HttpResponse<String> answer =
                platform.call("POST", "/api/v1/apps", "{\"name\": \"inside\", \"repositoryUrl\": \"" + url + "\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
    }

    @Test
    void aWatchedRepositoryThatDoesNotExistIsShownAsSuch() {
        platform.post("/api/v1/apps", """
                {"name": "nowhere", "repositoryUrl": "http://127.0.0.1:9/nothing.git", "pollSeconds": 5}""");
        platform.await(
                "a sentence about the fetch",
                "/api/v1/apps/nowhere",
                app -> app.path("fetchError").asString("").contains("127.0.0.1:9"));
    }

    private static SampleRepository app(String name) {
        platform.createApp(name);
        return SampleRepository.create().write("index.html", "version 1\n");
    }

    private static JsonNode assertBuildFails(String name, SampleRepository repository, String reason, String hint) {
        Command.Result push = repository.push(platform, name);
        assertThat(push.exit()).as("the push itself was fine").isZero();
        assertThat(push.output()).contains(hint);
        JsonNode build = platform.awaitBuild(name, 1, "FAILED");
        assertThat(build.path("reason").asString()).isEqualTo(reason);
        assertThat(build.path("message").asString()).contains(hint);
        return build;
    }
}
