package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.source.Delivery;
import dev.slipway.db.source.DeliveryStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.MultiValueMap;

class WebhooksTest {
    private static final String PUSH = "{\"ref\":\"refs/heads/main\",\"after\":\"x\"}";
    private static final String BITBUCKET_PUSH =
            "{\"push\":{\"changes\":[{\"new\":{\"type\":\"tag\",\"name\":\"v1\"}},{\"new\":{\"type\":\"branch\",\"name\":\"main\"}}]}}";

    @TempDir
    Path directory;

    private GitPlatform platform;
    private RemoteGit remote;
    private GitClient author;
    private WatchedRepositories watched;
    private Webhooks webhooks;
    private App app;

    @BeforeEach
    void start() throws Exception {
        platform = new GitPlatform(directory.resolve("home"));
        remote = new RemoteGit(Files.createDirectory(directory.resolve("remote")));
        author = GitClient.init(Files.createDirectory(directory.resolve("work")));
        author.succeed(
                "init",
                "-q",
                "--bare",
                "-b",
                "main",
                directory.resolve("remote/shop.git").toString());
        watched = new WatchedRepositories(
                platform.apps,
                platform.masterKey,
                platform.repositories,
                new Fetcher(new RepositoryUrlPolicy("127.0.0.1"), GitPlatform.LIMITS),
                platform.heads);
        webhooks = new Webhooks(platform.apps, platform.masterKey, new DeliveryStore(platform.database), watched);
        app = platform.create("shop", new Source.Watched(remote.url("shop"), "main", 86_400));
    }

    @AfterEach
    void stop() {
        watched.close();
        remote.close();
        platform.close();
    }

    @Test
    void aSignedPushIsFetchedAndBuilt() {
        push();
        assertThat(receive("push", PUSH).status()).isEqualTo(202);
        awaitBuild();
        assertThat(platform.buildsOf(app))
                .singleElement()
                .satisfies(build -> assertThat(build.cause()).isEqualTo(BuildCause.WEBHOOK));
    }

    @Test
    void theSameDeliveryAgainBuildsNothingMore() {
        aSignedPushIsFetchedAndBuilt();
        var before = platform.apps.find(app.id()).orElseThrow().fetchedAt();
        assertThat(receive("push", PUSH).status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !java.util.Objects.equals(
                        before, platform.apps.find(app.id()).orElseThrow().fetchedAt()));
        assertThat(platform.buildsOf(app)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping        | {\"zen\":\"x\"}                                     | 200 | pong",
                "push        | {\"ref\":\"refs/heads/other\"}                      | 202 | built from main, this push moved refs/heads/other",
                "push        | {\"ref\":\"refs/tags/v1\"}                          | 202 | built from main",
                "push        | {\"ref\":\"refs/heads/main\",\"deleted\":true}      | 202 | was deleted",
                "push        | {\"ref\":7}                                         | 400 | isn't a push event",
                "push        | {}                                                  | 400 | isn't a push event",
                "push        | not json                                            | 400 | isn't a push event",
                "push        | ''                                                  | 400 | isn't a push event",
                "issues      | {}                                                  | 202 | Ignored",
                "''          | {}                                                  | 400 | X-GitHub-Event is missing",
            })
    void whatIsSignedIsAnsweredByWhatItIs(String event, String body, int status, String sentence) {
        Webhooks.Answer answer = receive(event, body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.sentence()).contains(sentence);
        assertThat(lastDelivery()).satisfies(delivery -> {
            assertThat(delivery.status()).isEqualTo(status);
            assertThat(delivery.event()).isEqualTo(event);
            assertThat(delivery.deliveryId()).isEqualTo("d-1");
        });
    }

    @Test
    void aFormWithThePayloadInItIsUnderstood() {
        byte[] body = ("payload=" + URLEncoder.encode("{\"ref\":\"refs/heads/über\"}", StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        Webhooks.Answer answer = webhooks.receive(
                "shop",
                new WebhookCall(
                        GitHost.GITHUB,
                        "push",
                        "d-1",
                        WebhookSignature.of("secret", body),
                        "application/x-www-form-urlencoded",
                        body));
        assertThat(answer.sentence()).contains("moved refs/heads/über");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256=00",
                "sha1=0000000000000000000000000000000000000000",
                "nonsense",
                "sha256=0000000000000000000000000000000000000000000000000000000000000000"
            })
    void whatIsntSignedRightIsRefusedAndDoesNothing(@Nullable String signature) {
        Webhooks.Answer answer = webhooks.receive("shop", call("push", PUSH, signature));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.sentence()).contains("signature");
        assertThat(lastDelivery().status()).isEqualTo(401);
        assertThat(remote.requests).isEmpty();
    }

    @Test
    void aSignatureOfAnotherBodyOrSecretIsRefused() {
        assertThat(webhooks.receive("shop", call("push", PUSH + " ", signature("secret", PUSH)))
                        .status())
                .isEqualTo(401);
        assertThat(webhooks.receive("shop", call("push", PUSH, signature("Secret", PUSH)))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anUnknownAppIsAnsweredLikeAWrongSignature() {
        Webhooks.Answer wrong = webhooks.receive("shop", call("push", PUSH, null));
        for (String name : new String[] {"nothing", "NOT_A_NAME", "api"}) {
            assertThat(webhooks.receive(name, call("push", PUSH, signature("secret", PUSH))))
                    .isEqualTo(wrong);
        }
    }

    @Test
    void anAppWithItsRepositoryHereSaysSo() {
        platform.hosted("blog");
        assertThat(webhooks.receive("blog", call("push", PUSH, signature("secret", PUSH)))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void githubsOwnExampleOfASignatureHolds() {
        byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assertThat(WebhookSignature.matches("It's a Secret to Everybody", body, signature))
                .isTrue();
    }

    /// The headers that each host sends with a push, as far as they matter here.
    static Stream<Arguments> hosts() {
        return Stream.of(
                Arguments.of(
                        "GitHub",
                        PUSH,
                        Map.of(
                                "X-GitHub-Event", "push",
                                "X-GitHub-Delivery", "d-2",
                                "X-Hub-Signature", "sha1=0000000000000000000000000000000000000000",
                                "X-Hub-Signature-256", signature("secret", PUSH))),
                Arguments.of(
                        "Gitea",
                        PUSH,
                        Map.of(
                                "X-Gitea-Event", "push",
                                "X-Gitea-Delivery", "d-2",
                                "X-Gitea-Signature", signature("secret", PUSH).substring("sha256=".length()),
                                "X-GitHub-Event", "push",
                                "X-GitHub-Delivery", "d-2",
                                "X-Hub-Signature", "sha1=0000000000000000000000000000000000000000",
                                "X-Hub-Signature-256", signature("secret", PUSH))),
                Arguments.of(
                        "GitLab",
                        PUSH,
                        Map.of(
                                "X-Gitlab-Event", "Push Hook",
                                "X-Gitlab-Event-UUID", "d-2",
                                "X-Gitlab-Token", "secret")),
                Arguments.of(
                        "Bitbucket",
                        BITBUCKET_PUSH,
                        Map.of(
                                "X-Event-Key", "repo:push",
                                "X-Request-UUID", "d-2",
                                "X-Hub-Signature", signature("secret", BITBUCKET_PUSH))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void eachHostsPushIsFetchedAndBuilt(String host, String body, Map<String, String> headers) throws Exception {
        push();
        MockMvc http =
                MockMvcBuilders.standaloneSetup(new WebhookController(webhooks)).build();
        http.perform(post("/hooks/shop")
                        .headers(new HttpHeaders(MultiValueMap.fromSingleValue(headers)))
                        .contentType("application/json")
                        .content(body))
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.message").value("Fetching main now; a new head is built."));
        awaitBuild();
        assertThat(lastDelivery().deliveryId()).isEqualTo("d-2");
        assertThat(lastDelivery().event())
                .isEqualTo(headers.values().stream()
                        .filter(value -> value.matches("push|Push Hook|repo:push"))
                        .findFirst()
                        .orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void whoeverDoesntKnowTheSecretIsRefusedInEachHostsForm(String host, String body, Map<String, String> headers) {
        WebhookCall call = WebhookCall.of(headers::get, "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertThat(call.isFromWhoKnows("secret")).isTrue();
        assertThat(call.isFromWhoKnows("Secret")).isFalse();
        assertThat(call.isFromWhoKnows("secret ")).isFalse();
        Map<String, String> without = new HashMap<>(headers);
        without.remove(call.host().proofHeader);
        assertThat(WebhookCall.of(without::get, null, call.body()).isFromWhoKnows("secret"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "X-Gitlab-Event, X-Hub-Signature-256",
        "X-Gitlab-Event, X-Hub-Signature",
        "X-Event-Key, X-Hub-Signature-256",
        "X-Event-Key, X-Gitlab-Token",
        "X-GitHub-Event, X-Gitlab-Token",
        "X-GitHub-Event, X-Hub-Signature"
    })
    void whatOneHostSendsDoesntCountForAnother(String event, String proof) {
        for (String value : List.of("secret", signature("secret", PUSH))) {
            WebhookCall call = WebhookCall.of(
                    Map.of(event, "push", proof, value)::get, null, PUSH.getBytes(StandardCharsets.UTF_8));
            assertThat(call.isFromWhoKnows("secret")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GITHUB    | {'ref':'refs/heads/x','deleted':true}                          | refs/heads/x deleted",
                "GITLAB    | {'ref':'refs/heads/x','after':'1a'}                            | refs/heads/x",
                "GITLAB    | {'ref':'refs/heads/x','after':'ZERO'}                          | refs/heads/x deleted",
                "GITLAB    | {'object_kind':'push'}                                         | -",
                "BITBUCKET | {'push':{'changes':[{'new':{'type':'branch','name':'a/b'}}]}}  | refs/heads/a/b",
                "BITBUCKET | {'push':{'changes':[{'new':{'type':'tag','name':'v1'}},"
                        + "{'new':null,'old':{'type':'branch','name':'x'}}]}}               | refs/tags/v1, refs/heads/x deleted",
                "BITBUCKET | {'push':{'changes':[]}}                                        | -",
                "BITBUCKET | {'ref':'refs/heads/x'}                                         | -",
            })
    void whatAPushMovedIsReadFromEachHostsBody(GitHost host, String body, @Nullable String moved) {
        String json = body.replace('\'', '"').replace("ZERO", "0".repeat(40));
        WebhookCall call = new WebhookCall(host, "", "", "", "application/json", json.getBytes(StandardCharsets.UTF_8));
        assertThat(call.pushes())
                .extracting(push -> push.ref() + (push.deleted() ? " deleted" : ""))
                .isEqualTo(moved == null ? List.of() : List.of(moved.split(", ")));
    }

    @Test
    void overHttpTheBodyCountsAsItCameAndErrorsAreProblems() throws Exception {
        MockMvc http =
                MockMvcBuilders.standaloneSetup(new WebhookController(webhooks)).build();
        http.perform(post("/hooks/shop")
                        .header("X-GitHub-Event", "ping")
                        .header("X-Hub-Signature-256", signature("secret", "{ \"zen\" : 1 }"))
                        .contentType("application/json")
                        .content("{ \"zen\" : 1 }"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.message").value("pong"));
        http.perform(post("/hooks/shop")
                        .header("X-GitHub-Event", "ping")
                        .contentType("application/json")
                        .content("{}"))
                .andExpect(status().isUnauthorized())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.containsString("signature")));
        http.perform(post("/hooks/shop").content(new byte[WebhookController.BODY_LIMIT + 1]))
                .andExpect(status().isContentTooLarge());
    }

    private void push() {
        author.commit("Dockerfile", "FROM scratch\n");
        author.succeed("push", "-q", directory.resolve("remote/shop.git").toString(), "main");
    }

    private void awaitBuild() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !platform.buildsOf(app).isEmpty());
    }

    private Webhooks.Answer receive(String event, String body) {
        return webhooks.receive("shop", call(event, body, signature("secret", body)));
    }

    private static WebhookCall call(String event, String body, @Nullable String signature) {
        return new WebhookCall(
                GitHost.GITHUB, event, "d-1", signature, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String secret, String body) {
        return WebhookSignature.of(secret, body.getBytes(StandardCharsets.UTF_8));
    }

    private Delivery lastDelivery() {
        return new DeliveryStore(platform.database).ofApp(app.id(), 1).getFirst();
    }
}
