package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Secrets are planted wherever the platform takes some, everything is used, and then whatever it keeps, prints
/// or answers is searched for them. Only the running container's own environment may hold what was set for it.
class SecretsTest {
    private static final String CONFIG = "planted-config-Qv7Zt1mW";
    private static final String PASTED = "planted-pasted-b8RkL2xs";
    private static final String REFUSED = "planted-refused-Jd5Yh9pe";
    private static final String REPOSITORY = "planted-repository-Nc3Uw6fa";
    private static final String VISITOR = "planted-visitor-Xq7Rm4tb";
    private static final Duration STREAM = Duration.ofSeconds(2);

    private static TestPlatform platform;
    private static PlantedSecrets secrets;
    private static final StringBuilder TERMINAL = new StringBuilder();

    @BeforeAll
    static void plantAndUse() throws IOException {
        platform = TestPlatform.start();
        secrets = new PlantedSecrets()
                .text("a variable", CONFIG)
                .text("a variable of a pasted .env", PASTED)
                .text("a variable that was refused", REFUSED)
                .text("a repository's password", REPOSITORY)
                .text("a visitor's password", VISITOR)
                .text("an API token", platform.token())
                .text("the administrator's password", platform.adminPassword())
                .bytes("the master key", Files.readAllBytes(platform.home().resolve("keys/master.key")));
        platform.createApp("shop");
        SampleRepository repository =
                SampleRepository.create().write("index.html", "version 1\n").commit("One");
        assertThat(platform.call("PATCH", "/api/v1/apps/shop/config", "{\"PASSWORD\": \"" + CONFIG + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(platform.call("PATCH", "/api/v1/apps/shop/config", "{\"NO NAME\": \"" + REFUSED + "\"}")
                        .body())
                .doesNotContain(REFUSED);
        assertThat(platform.call("PATCH", "/api/v1/apps/shop/config", "{\"BROKEN\": \"" + REFUSED + "\"")
                        .body())
                .doesNotContain(REFUSED);
        TERMINAL.append(repository.push(platform, "shop").output());
        platform.awaitRelease("shop", 1, "LIVE");
        pasteAnEnvFile();
        watchWithARightAndAWrongPassword();
        failABuildAndARollout(repository);
        inviteAVisitor();
        printTheEnvironment();
    }

    private static void inviteAVisitor() {
        String visitor = "/api/v1/apps/locked-out/access/users/anna";
        assertThat(platform.call("PUT", visitor, "{\"password\": \"" + VISITOR + "\"}")
                        .statusCode())
                .isLessThan(300);
    }

    private static void printTheEnvironment() {
        JsonNode run = platform.post("/api/v1/apps/shop/runs", "{\"command\": [\"/bin/busybox\", \"env\"]}");
        String path = "/api/v1/apps/shop/runs/" + run.path("id").asLong();
        platform.await(
                "a command that prints its environment",
                path,
                now -> now.path("state").asString().equals("SUCCEEDED"));
        assertThat(platform.glance(path + "/output", STREAM)).contains("PASSWORD=");
    }

    private static void watchWithARightAndAWrongPassword() {
        String url = "http://127.0.0.1:" + platform.port() + "/git/shop.git";
        watch("watched", url, platform.token());
        platform.awaitRelease("watched", 1, "LIVE");
        watch("locked-out", url, REPOSITORY);
        platform.await(
                "a failed fetch",
                "/api/v1/apps/locked-out",
                app -> !app.path("fetchError").asString("").isEmpty());
    }

    private static void watch(String app, String url, String password) {
        platform.post(
                "/api/v1/apps",
                "{\"name\": \"" + app + "\", \"repositoryUrl\": \"" + url
                        + "\", \"repositoryUser\": \"ada\", \"repositoryPassword\": \"" + password + "\"}");
    }

    private static void failABuildAndARollout(SampleRepository repository) {
        TERMINAL.append(repository
                .write("Dockerfile", "FROM scratch\nCOPY missing /\n")
                .commit("A build that fails")
                .push(platform, "shop")
                .output());
        TERMINAL.append(repository
                .write("Dockerfile", "FROM scratch\nCOPY busybox /busybox\nCMD [\"/busybox\", \"false\"]\n")
                .commit("A rollout that fails")
                .push(platform, "shop")
                .output());
        platform.awaitBuild("shop", 3, "SUCCEEDED");
        platform.awaitRelease("shop", 3, "FAILED");
    }

    @AfterAll
    static void down() {
        platform.close();
    }

    @Test
    void noneIsInTheDashboardsAnswers() throws IOException {
        Queue<Response> answers = new ConcurrentLinkedQueue<>();
        int looked = 0;
        try (Browser browser = Browser.open(platform)) {
            Page page = browser.page();
            browser.logIn("admin", platform.adminPassword());
            page.onResponse(answers::add);
            Set<String> views = views(browser);
            answers.clear();
            for (String view : views) {
                browser.go(view);
                awaitComplete(page);
                secrets.assertNoneIn("the page " + view, page.content());
                looked += assertNoneInAnswers(page, answers);
            }
        }
        assertThat(looked).as("answers looked at").isGreaterThan(20);
    }

    /// Until a view of the dashboard has its heading and no question to the server is under way; what has no views (the
    /// API's document) is complete when loaded.
    private static void awaitComplete(Page page) {
        page.waitForLoadState();
        page.waitForFunction("""
                !document.getElementById('outlet')
                  || document.querySelector('h1')
                    && Object.values(window.Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())
                """);
    }

    /// Before the next navigation, which makes the browser forget them.
    private static int assertNoneInAnswers(Page page, Queue<Response> answers) {
        int looked = 0;
        for (Response answer = answers.poll(); answer != null; answer = answers.poll()) {
            if (answer.request().resourceType().matches("document|xhr|fetch") && answer.status() < 300) {
                secrets.assertNoneIn("the answer to " + answer.url(), text(page, answer));
                looked++;
            }
        }
        return looked;
    }

    /// A page may ask for something that only comes when it has been left: then it is asked for again.
    private static String text(Page page, Response answer) {
        try {
            return answer.text();
        } catch (PlaywrightException left) {
            assertThat(answer.request().method()).as(answer.url()).isEqualTo("GET");
            return page.request().get(answer.url()).text();
        }
    }

    private static void pasteAnEnvFile() {
        int version = platform.get("/api/v1/apps/shop/config").path("version").asInt();
        try (Browser browser = Browser.open(platform)) {
            browser.logIn("admin", platform.adminPassword());
            Page page = browser.page();
            browser.go("/apps/shop/config");
            page.getByLabel("Variables to set").fill("PASTED='" + PASTED + "'\n");
            page.getByText("Save variables").click();
            platform.await(
                    "the pasted variable",
                    "/api/v1/apps/shop/config",
                    config -> config.path("version").asInt() > version);
        }
    }

    /// Every page that the dashboard's own links lead to, two clicks deep.
    private static Set<String> views(Browser browser) {
        Page page = browser.page();
        Set<String> views = new LinkedHashSet<>(List.of("/"));
        for (String seen : List.of("/", "/apps/shop", "/apps/watched", "/apps/locked-out", "/apps/shop/builds")) {
            browser.go(seen);
            page.waitForLoadState();
            page.locator("a[href]").first().waitFor();
            for (Object link : (List<?>) page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")) {
                String address = link.toString();
                if (address.startsWith(platform.dashboard() + "/") && !address.contains("logout")) {
                    views.add(address.substring(platform.dashboard().length()));
                }
            }
        }
        assertThat(views).contains("/apps/shop/config", "/apps/shop/settings");
        return views;
    }

    @Test
    void noneIsInTheAnswersOfTheApi() {
        List<String> paths = new ArrayList<>();
        JsonNode document = platform.get("/api/v1/openapi");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (path.getValue().has("get")) {
                paths.addAll(addresses(path.getKey()));
            }
        }
        assertThat(paths).hasSizeGreaterThan(20);
        for (String path : paths) {
            secrets.assertNoneIn("GET " + path, platform.glance(path, STREAM));
        }
        secrets.assertNoneIn("git push's remote: lines", TERMINAL.toString());
    }

    /// A path of the API's document with what there is of each in place of its parameters.
    private static List<String> addresses(String path) {
        List<String> addresses = new ArrayList<>();
        for (String app : List.of("shop", "locked-out")) {
            for (String number : List.of("1", "2", "3")) {
                addresses.add(path.replace("{app}", app)
                        .replace("{number}", number)
                        .replace("{other}", "1")
                        .replace("{name}", "anna")
                        .replace("{id}", number));
            }
        }
        return addresses.stream().distinct().toList();
    }

    @Test
    void noneIsInTheDatabase() throws Exception {
        secrets.assertNoneIn("the database", platform.databaseDump());
    }

    /// Logs, runtime files, git repositories, the registry, and the database's own files, compressed or not.
    @Test
    void noneIsInAFile() throws IOException {
        Set<String> theirPlaces = Set.of("keys/master.key", "admin-password", "postgres/password");
        List<String> leaks = new ArrayList<>();
        try (var files = Files.walk(platform.home())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                String name = platform.home().relativize(file).toString();
                if (!theirPlaces.contains(name) && !name.startsWith("postgres/bin-")) {
                    leaks.addAll(secrets.in(name, PlantedSecrets.read(file)));
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void noneIsInTheEnginesImagesNorInItsContainersButTheirOwnEnvironment() {
        String label = "label=dev.slipway.installation=" + platform.installation();
        List<String> images = docker("image", "ls", "--all", "--quiet", "--no-trunc", "--filter", label)
                .lines()
                .distinct()
                .toList();
        assertThat(images).isNotEmpty();
        for (String image : images) {
            secrets.assertNoneIn("the image " + image, docker("image", "inspect", image));
            secrets.assertNoneIn(
                    "the history of " + image,
                    docker("image", "history", "--no-trunc", "--format", "{{json .}}", image));
        }
        List<String> containers =
                docker("ps", "--all", "--quiet", "--filter", label).lines().toList();
        List<String> environments = new ArrayList<>();
        for (String container : containers) {
            JsonNode inspected =
                    TestPlatform.JSON.readTree(docker("inspect", container)).path(0);
            environments.addAll(
                    secrets.in("its own", inspected.path("Config").path("Env").toString()));
            ((ObjectNode) inspected.path("Config")).remove("Env");
            secrets.assertNoneIn("the container " + container, inspected.toString());
        }
        assertThat(environments).contains("a variable is in its own", "a variable of a pasted .env is in its own");
    }

    @Test
    void noneIsInTheArgumentsOfAProcess() throws IOException {
        for (String program : List.of("postgres", "platform-server", "runtime", "w1", "w2")) {
            ProcessHandle handle = ProcessHandle.of(platform.pid(program)).orElseThrow();
            List<ProcessHandle> all = new ArrayList<>(handle.descendants().toList());
            all.add(handle);
            for (ProcessHandle process : all) {
                secrets.assertNoneIn("the arguments of " + program, PlantedSecrets.arguments(process));
            }
        }
    }

    private static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Command.Result result = Command.run(platform.home(), Map.of(), command, Duration.ofSeconds(30));
        assertThat(result.exit()).as("%s: %s", command, result.output()).isZero();
        return result.standardOutput();
    }
}
