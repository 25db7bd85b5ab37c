package dev.slipway.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The apps of `samples/broken` beside a good one that is visited all the time: each gets its right reason, is held
/// by its limits, leaves the release before it alone where there was one, and costs the good app no request.
class BrokenAppsTest {
    private static TestPlatform platform;
    private static Load load;
    private static Browser browser;

    @BeforeAll
    static void aGoodAppIsVisited() {
        platform = TestPlatform.start(Map.of("SLIPWAY_STANDBY_MINUTES", "0")); // what is replaced is to end
        goodRelease("good", "{}");
        load = Load.on(platform, "good", 1);
        browser = Browser.open(platform);
        browser.logIn("admin", platform.adminPassword());
    }

    @AfterEach
    void theGoodAppHasNotNoticed() {
        long before = load.requests();
        Awaitility.await("more visits").until(() -> load.requests() > before);
        assertThat(load.failures()).isEmpty();
        assertThat(load.answers().keySet()).containsExactly("version 1");
    }

    @AfterAll
    static void down() {
        Stream.of(browser, load, platform).filter(Objects::nonNull).forEach(BrokenAppsTest::close);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app           | process                                              | reason              | sentence                                        | line
            out-of-memory | "memoryMb": 64                                       | OUT_OF_MEMORY       | more memory than the limit of 64 MiB; then it exited with code 0 | loading the whole catalogue
            wrong-port    | "port": 8000, "startSeconds": 3                      | NOT_LISTENING       | listens on [::]:9000, not on port 8000          | listening on port 9000
            loopback-only | "startSeconds": 10                                   | LISTENS_ON_LOOPBACK | listen on 0.0.0.0:8000                          | listening on http://localhost:8000
            never-healthy | "healthPath": "/cgi-bin/health", "startSeconds": 3   | UNHEALTHY           | 503 Service Unavailable                         | can't connect to the database
            slow-start    | "startSeconds": 3                                    | NOT_LISTENING       | only needs longer than 3 s                      | warming up for 20 s
            exits-0       | "startSeconds": 10                                   | EXITED              | exited with code 0, although a web app          | 42 invoices sent
            """, useHeadersInDisplayName = true)
    void whatCannotServeSaysWhyAndTheReleaseBeforeItStaysLive(
            String app, String process, String reason, String sentence, String line) {
        SampleRepository repository =
                goodRelease(app, "{" + process.replaceFirst("\"healthPath\": \"[^\"]*\", ", "") + "}");
        settings(app, "{" + process + "}");
        String terminal = repository.broken(app).push(platform, app).output();
        JsonNode release = platform.awaitRelease(app, 2, "FAILED");
        assertThat(release.path("reason").asString()).isEqualTo(reason);
        assertThat(release.path("message").asString()).contains(sentence).contains(line);
        assertThat(terminal).contains(sentence);
        assertThat(platform.visit(app)).isEqualTo("200 version 1");
        platform.awaitRelease(app, 1, "LIVE");
        Page page = browser.page();
        browser.go("/apps/" + app);
        assertThat(page.getByText("Release 1 is still live").first()).isVisible();
        assertThat(page.getByText(sentence).first()).isVisible();
        assertThat(page.getByText(line).first()).isVisible();
    }

    @Test
    void aPortThatIsNotSetIsFoundElsewhere() {
        create("found-port", "{}");
        SampleRepository.create().broken("wrong-port").push(platform, "found-port");
        platform.awaitRelease("found-port", 1, "LIVE");
        JsonNode serving = platform.await(
                        "an instance that serves",
                        "/api/v1/apps/found-port/instances",
                        page -> page.path("items")
                                .path(0)
                                .path("state")
                                .asString()
                                .equals("SERVING"))
                .path("items")
                .path(0);
        assertThat(serving.path("port").asInt()).isEqualTo(9000);
        assertThat(serving.path("message").asString()).contains("port 9000").contains("port 8000 was assumed");
    }

    @Test
    void whatIsOnlySlowGoesLive() {
        SampleRepository repository = goodRelease("patient", "{}");
        repository.broken("slow-start").push(platform, "patient");
        platform.awaitVisit("patient", "200 slow-start");
        platform.awaitRelease("patient", 2, "LIVE");
    }

    @Test
    void aCrashLoopIsStartedAgainMoreAndMoreSlowlyAndSaysSo() {
        create("crash-loop", "{}");
        SampleRepository.create().broken("crash-loop").push(platform, "crash-loop");
        platform.await(
                "a third death",
                "/api/v1/apps/crash-loop/instances",
                page -> failed(page).stream()
                        .map(instance -> instance.path("message").asString())
                        .anyMatch(message -> message.startsWith("restarting in 4 s, 3rd time. It exited with code 1.")
                                && message.contains("fatal: the connection pool is exhausted")));
        Page page = browser.page();
        browser.go("/apps/crash-loop");
        assertThat(page.getByText("time. It exited with code 1").first()).isVisible();
        JsonNode events = platform.get("/api/v1/apps/crash-loop/events");
        assertThat(events.toString()).contains("INSTANCE_FAILED").contains("2nd time. It exited with code 1");
    }

    @Test
    void whatIgnoresSigtermIsKilledAfterItsGraceAndItsSuccessorDoesNotWaitForIt() {
        create("stuck", "{\"drainSeconds\": 5}");
        SampleRepository repository = SampleRepository.create().broken("stuck-on-sigterm");
        repository.push(platform, "stuck");
        platform.awaitVisit("stuck", "200 stuck-on-sigterm");
        repository
                .write("index.html", "version 2\n")
                .write("Dockerfile", SampleRepository.DOCKERFILE)
                .commit("Two")
                .push(platform, "stuck");
        platform.awaitVisit("stuck", "200 version 2");
        Instant live = instant(platform.awaitRelease("stuck", 2, "LIVE"), "liveAt");
        JsonNode instances = platform.await(
                "the first instance's end",
                "/api/v1/apps/stuck/instances",
                page -> stopped(page).size() == 1);
        Instant end = instant(stopped(instances).getFirst(), "stoppedAt");
        assertThat(end)
                .as("its successor had the visitors before it was gone, and it had its grace time")
                .isAfterOrEqualTo(live.plusSeconds(5));
        assertThat(containers("stuck")).hasSize(1);
    }

    @Test
    void aForkBombIsHeldByItsLimits() {
        SampleRepository repository = goodRelease("fork-bomb", "{}");
        settings("fork-bomb", "{\"pids\": 32, \"cpuMillis\": 200, \"startSeconds\": 15}");
        repository.broken("fork-bomb").pushInBackground(platform, "fork-bomb");
        platform.awaitRelease("fork-bomb", 2, "STARTING");
        Awaitility.await("its limits")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> containers("fork-bomb").stream()
                        .map(BrokenAppsTest::groups)
                        .anyMatch(groups -> groups.refused() > 0
                                && groups.throttled() > 0
                                && groups.processes() > 10
                                && groups.processes() <= 32));
        JsonNode release = platform.awaitRelease("fork-bomb", 2, "FAILED");
        assertThat(release.path("reason").asString()).isEqualTo("PROCESS_LIMIT");
        assertThat(release.path("message").asString())
                .contains("limit of 32 processes and threads")
                .contains("can't fork");
        assertThat(platform.visit("fork-bomb")).isEqualTo("200 version 1");
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static SampleRepository goodRelease(String app, String process) {
        create(app, process);
        SampleRepository repository =
                SampleRepository.create().write("index.html", "version 1\n").commit("Good");
        assertThat(repository.push(platform, app).output()).contains("Live at");
        platform.awaitVisit(app, "200 version 1");
        return repository;
    }

    private static void create(String app, String process) {
        platform.post("/api/v1/apps", "{\"name\": \"" + app + "\", \"process\": " + process + "}");
    }

    private static void settings(String app, String process) {
        assertThat(platform.call("PATCH", "/api/v1/apps/" + app, "{\"process\": " + process + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static List<JsonNode> failed(JsonNode page) {
        return page.path("items")
                .valueStream()
                .filter(instance -> instance.path("state").asString().equals("FAILED"))
                .toList();
    }

    private static List<JsonNode> stopped(JsonNode page) {
        return page.path("items")
                .valueStream()
                .filter(instance -> instance.path("state").asString().equals("STOPPED"))
                .toList();
    }

    private static Instant instant(JsonNode object, String field) {
        return Instant.parse(object.path(field).asString());
    }

    /// Ids of the app's containers.
    private static List<String> containers(String app) {
        return docker(
                        "ps",
                        "--quiet",
                        "--no-trunc",
                        "--filter",
                        "label=dev.slipway.installation=" + platform.installation(),
                        "--filter",
                        "name=-" + app + "-")
                .lines()
                .toList();
    }

    private static ControlGroups groups(String container) {
        return ControlGroups.of(Long.parseLong(
                docker("inspect", "--format", "{{.State.Pid}}", container).strip()));
    }

    private static String docker(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Command.Result result = Command.run(platform.home(), Map.of(), command, Duration.ofMinutes(1));
        assertThat(result.exit()).as(result.output()).isZero();
        return result.standardOutput();
    }
}
