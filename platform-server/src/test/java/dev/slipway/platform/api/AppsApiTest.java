package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.Given;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AppsApiTest extends ApiTest {
    @Test
    void aNameIsEnoughToMakeAHostedApp() {
        String name = Given.name("shop");
        Client.Answer answer = client.post("/api/v1/apps", "{'name': '" + name + "'}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/apps/" + name);
        JsonNode app = answer.json();
        assertThat(app.path("url").asString()).isEqualTo("http://" + name + ".localhost:8080");
        assertThat(app.path("gitUrl").asString()).isEqualTo("http://localhost:8080/git/" + name + ".git");
        assertThat(app.path("hookUrl").asString()).isEqualTo("http://localhost:8080/hooks/" + name);
        assertThat(app.path("health").asString()).isEqualTo("NEW");
        assertThat(app.path("branch").asString()).isEqualTo("main");
        assertThat(app.path("build").path("dockerfile").asString()).isEqualTo("Dockerfile");
        assertThat(app.path("process").path("memoryMb").asInt()).isEqualTo(512);
        assertThat(app.path("live").isNull()).isTrue();
        assertThat(client.get("/api/v1/apps/" + name).json()).isEqualTo(app);
        assertThat(client.get("/api/v1/apps").json().path("items").findValuesAsString("name"))
                .contains(name);
    }

    @Test
    void everySettingCanBeGivenAndCredentialsAreNeverGivenBack() {
        String name = Given.name("watched");
        Client.Answer answer = client.post("/api/v1/apps", """
                {'name': '%s', 'repositoryUrl': 'https://127.0.0.1/shop.git', 'repositoryUser': 'ada', 'repositoryPassword': 'hunter2hunter2',
                 'branch': 'trunk', 'pollSeconds': 300,
                 'build': {'contextDir': 'web', 'dockerfile': 'Containerfile', 'targetStage': 'run', 'timeoutSeconds': 60,
                           'buildArgs': {'NODE_ENV': 'production'}},
                 'process': {'port': 3000, 'healthPath': '/up', 'memoryMb': 256, 'cpuMillis': 500, 'pids': 100,
                             'startSeconds': 10, 'drainSeconds': 5,
                             'health': {'host': 'shop.example', 'command': ['bin/up', 'a b'], 'intervalSeconds': 20,
                                        'timeoutSeconds': 2, 'failures': 4}}}
                """.formatted(name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain("hunter2");
        JsonNode app = answer.json();
        assertThat(app.path("repositoryUrl").asString()).isEqualTo("https://127.0.0.1/shop.git");
        assertThat(app.path("pollSeconds").asInt()).isEqualTo(300);
        assertThat(app.path("build").path("buildArgs").path("NODE_ENV").asString())
                .isEqualTo("production");
        assertThat(app.path("process").path("healthPath").asString()).isEqualTo("/up");
        assertThat(app.path("process").path("health").toString())
                .isEqualTo("{\"host\":\"shop.example\",\"command\":[\"bin/up\",\"a b\"],\"intervalSeconds\":20,"
                        + "\"timeoutSeconds\":2,\"failures\":4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'intervalSeconds': 0",
                "'timeoutSeconds': 61",
                "'failures': 0",
                "'failures': 101",
                "'host': 'a b'",
                "'host': 'shop.example\\r\\nX-Evil: 1'",
                "'command': []",
                "'command': ['']"
            })
    void aHealthCheckOutOfItsLimitsIsRefusedWithASentence(String check) {
        Client.Answer answer = client.post(
                "/api/v1/apps", "{'name': '" + Given.name("ill") + "', 'process': {'health': {" + check + "}}}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "-shop", "a.b", "api", "sh op", "../x", ""})
    void aNameThatCannotBeAnAppsIsRefusedWithASentence(String name) {
        Client.Answer answer = client.post("/api/v1/apps", "{'name': '" + name + "'}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.detail()).contains("name").endsWith(".");
    }

    @Test
    void aTakenNameIsAConflict() {
        App app = given.app("taken");
        Client.Answer answer = client.post("/api/v1/apps", "{'name': '" + app.name() + "'}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("code").asString()).isEqualTo("conflict");
        assertThat(answer.detail()).contains("already an app called");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name': 'x', 'colour': 'red'}                | 400 | unknown_field | colour            | no field "colour"
            {'name': 'x', 'process': {'memory': 5}}       | 400 | unknown_field | process.memory    | no field "process.memory"
            {'name': 'x', 'process': {'memoryMb': 'big'}} | 400 | malformed     | process.memoryMb  | whole number
            {'name': 'x', 'process': {'memoryMb': 1.5}}   | 400 | malformed     | process.memoryMb  | whole number
            {'name': 'x', 'process': []}                  | 400 | malformed     | process           | JSON object
            {'name': 'x', 'process': {'memoryMb': 1}}     | 422 | invalid       |                   | Memory must be
            {'name': 'x', 'pollSeconds': 1, 'repositoryUrl': 'https://127.0.0.1/x.git'} | 422 | invalid | | polled every 5 seconds
            {'name': 'x', 'build': {'contextDir': '../..'}} | 422 | invalid     |                   | inside the repository
            {'name': 'x', 'types': {'Web': {}}}           | 422 | invalid       |                   | can't be the name of a process type
            {'name': 'x', 'types': {'w': {'command': []}}} | 422 | invalid      |                   | needs at least a program
            {'name': 'x', 'types': {'w': {'command': 'a b'}}} | 400 | malformed | types.w.command   | list
            {'name': 'x', 'releaseCommand': {}}           | 422 | invalid       |                   | needs at least a program
            {'name': 'x', 'releaseCommand': {'command': ['a', null]}} | 422 | invalid |            | must be text
            {'name': {}}                                  | 400 | malformed     | name              | text
            {'branch': 'main'}                            | 422 | invalid       | name              | needs a name
            {'name':                                      | 400 | malformed     |                   | valid JSON
            []                                            | 400 | malformed     |                   | JSON object
            ``                                            | 400 | malformed     |                   | JSON object
            """)
    void aBodyThatCannotBeIsRefusedWithItsFieldAndASentence(
            String body, int status, String code, String field, String sentence) {
        Client.Answer answer = client.post("/api/v1/apps", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
        assertThat(answer.json().path("field").asString("")).isEqualTo(field == null ? "" : field);
        assertThat(answer.detail()).contains(sentence).endsWith(".");
    }

    @Test
    void aBodyOverAMebibyteIsRefused() {
        Client.Answer answer = client.post("/api/v1/apps", "{'name': '" + "x".repeat(1 << 20) + "'}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail()).contains("1 MiB");
    }

    @Test
    void aPatchChangesWhatItMentionsAndNullGoesBackToTheDefault() {
        App app = given.app("patched");
        String path = "/api/v1/apps/" + app.name();
        JsonNode changed = client.send(
                        "PATCH", path, "{'process': {'port': 3000, 'memoryMb': 64}, 'build': {'targetStage': 'run'}}")
                .json();
        assertThat(changed.path("process").path("port").asInt()).isEqualTo(3000);
        JsonNode back = client.send("PATCH", path, "{'process': {'port': null}, 'branch': 'next'}")
                .json();
        assertThat(back.path("process").path("port").isNull()).isTrue();
        assertThat(back.path("process").path("memoryMb").asInt()).isEqualTo(64);
        assertThat(back.path("build").path("targetStage").asString()).isEqualTo("run");
        assertThat(back.path("branch").asString()).isEqualTo("next");
    }

    @Test
    void aPatchChangesNothingElseAlsoWhenOthersChangeSomethingAtTheSameTime() throws Exception {
        App app = given.app("patched");
        String path = "/api/v1/apps/" + app.name();
        AppStore store = new AppStore(database);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Client.Answer> patched = database.inTransaction(() -> {
                App held = store.lock(app.id()).orElseThrow();
                Future<Client.Answer> begun =
                        threads.submit(() -> client.send("PATCH", path, "{'process': {'port': 3000}}"));
                await().until(this::somebodyWaitsForALock);
                store.update(app.id(), new Source.Hosted("next"), held.build(), held.processes());
                return begun;
            });
            assertThat(patched.get().status()).isEqualTo(200);
        }
        App now = apps.find(app.name().value());
        assertThat(now.processes().web().port()).isEqualTo(3000);
        assertThat(now.source().branch()).isEqualTo("next");
    }

    private boolean somebodyWaitsForALock() {
        return database.jdbc()
                        .sql("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Test
    void aPatchWithAnUnknownFieldOrOfTheKindOfSourceIsRefused() {
        App app = given.app("patched");
        Client.Answer unknown = client.send("PATCH", "/api/v1/apps/" + app.name(), "{'name': 'other'}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("field").asString()).isEqualTo("name");
        Client.Answer kind =
                client.send("PATCH", "/api/v1/apps/" + app.name(), "{'repositoryUrl': 'https://127.0.0.1/x.git'}");
        assertThat(kind.status()).isEqualTo(422);
        assertThat(kind.detail()).contains("Create a new app");
    }

    @Test
    void scalingTakesEffectAtOnceWithinBounds() {
        App app = given.app("scaled");
        assertThat(client.send("PUT", "/api/v1/apps/" + app.name() + "/instances", "{'count': 3}")
                        .json()
                        .path("instances")
                        .asInt())
                .isEqualTo(3);
        assertThat(client.send("PUT", "/api/v1/apps/" + app.name() + "/instances", "{'count': 101}")
                        .status())
                .isEqualTo(422);
        assertThat(client.send("PUT", "/api/v1/apps/" + app.name() + "/instances", "{}")
                        .detail())
                .contains("count is missing");
    }

    @Test
    void anAppSleepsWhenItIsToldToAndOnlyForAWhile() {
        String instances = "/api/v1/apps/" + given.app("drowsy").name() + "/instances";
        assertThat(client.send("PUT", instances, "{'idleMinutes': 30}")
                        .json()
                        .path("idleMinutes")
                        .asInt())
                .isEqualTo(30);
        assertThat(client.send("PUT", instances, "{'count': 2}")
                        .json()
                        .path("idleMinutes")
                        .asInt())
                .as("what isn't mentioned stays")
                .isEqualTo(30);
        assertThat(client.send("PUT", instances, "{'idleMinutes': 10081}").status())
                .isEqualTo(422);
        assertThat(client.send("PUT", instances, "{'idleMinutes': 0}")
                        .json()
                        .path("idleMinutes")
                        .asInt())
                .isZero();
    }

    @Test
    void processTypesAreGivenChangedScaledAndTakenAway() {
        App app = given.app("typed");
        String path = "/api/v1/apps/" + app.name();
        JsonNode made = client.send("PATCH", path, """
                        {'process': {'command': ['node', 'server.js']},
                         'types': {'worker': {'command': ['bin/work'], 'memoryMb': 64, 'upSeconds': 2, 'stopSignal': 'SIGQUIT'}, 'mail': {}},
                         'releaseCommand': {'command': ['bin/migrate', 'up']}}
                        """).json();
        assertThat(made.path("types").path("worker").path("memoryMb").asInt()).isEqualTo(64);
        assertThat(made.path("types").path("mail").path("memoryMb").asInt()).isEqualTo(512);
        assertThat(made.path("releaseCommand").path("timeoutSeconds").asInt()).isEqualTo(600);
        assertThat(client.send("PUT", path + "/instances", "{'count': 2, 'process': 'worker'}")
                        .json()
                        .path("scale")
                        .path("worker")
                        .asInt())
                .isEqualTo(2);
        JsonNode less = client.send(
                        "PATCH", path, "{'types': {'mail': null, 'worker': {'memoryMb': 128}}, 'releaseCommand': null}")
                .json();
        assertThat(less.path("types").propertyNames()).containsExactly("worker");
        assertThat(less.path("types").path("worker").path("memoryMb").asInt()).isEqualTo(128);
        assertThat(less.path("types").path("worker").path("command").path(0).asString())
                .isEqualTo("bin/work");
        assertThat(less.path("process").path("command").path(1).asString()).isEqualTo("server.js");
        assertThat(less.path("releaseCommand").isNull()).isTrue();
        Client.Answer unknown = client.send("PUT", path + "/instances", "{'count': 2, 'process': 'mail'}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.detail()).contains("It has web, worker.");
    }

    @Test
    void aDeletedAppIsGoneAndItsNameFree() {
        App app = given.app("deleted");
        assertThat(client.delete("/api/v1/apps/" + app.name()).status()).isEqualTo(204);
        Client.Answer gone = client.get("/api/v1/apps/" + app.name());
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.detail()).contains("There is no app called \"" + app.name() + "\"");
        assertThat(client.post("/api/v1/apps", "{'name': '" + app.name() + "'}").status())
                .isEqualTo(201);
    }

    @Test
    void eventsComeInPages() {
        App app = given.app("events");
        for (int i = 1; i <= 3; i++) {
            client.send("PUT", "/api/v1/apps/" + app.name() + "/instances", "{'count': " + i + "}");
        }
        JsonNode first =
                client.get("/api/v1/apps/" + app.name() + "/events?limit=3").json();
        assertThat(first.path("items").findValuesAsString("kind"))
                .containsExactly("APP_CHANGED", "APP_CHANGED", "APP_CHANGED");
        JsonNode second = client.get(first.path("next").asString()).json();
        assertThat(second.path("items").findValuesAsString("kind")).containsExactly("APP_CREATED");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void aPageHasABoundedSize() {
        App app = given.app("paged");
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events?limit=101")
                        .detail())
                .contains("between 1 and 100");
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events?limit=many")
                        .detail())
                .isEqualTo("limit must be a whole number.");
    }

    @Test
    void theWebhooksSecretCanBeReadAndRenewed() {
        App app = given.app("hooked");
        JsonNode webhook = client.get("/api/v1/apps/" + app.name() + "/webhook").json();
        assertThat(webhook.path("url").asString()).endsWith("/hooks/" + app.name());
        JsonNode renewed =
                client.post("/api/v1/apps/" + app.name() + "/webhook/renew", "").json();
        assertThat(renewed.path("secret").asString())
                .isNotEqualTo(webhook.path("secret").asString());
        assertThat(client.get("/api/v1/apps/" + app.name() + "/webhook").json()).isEqualTo(renewed);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/deliveries")
                        .json()
                        .path("items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void onlyAWatchedRepositoryCanBeFetched() {
        App app = given.app("hosted");
        assertThat(client.post("/api/v1/apps/" + app.name() + "/fetch", "").detail())
                .contains("hosted here");
        String watched = Given.name("watched");
        client.post("/api/v1/apps", "{'name': '" + watched + "', 'repositoryUrl': 'http://127.0.0.1:9/x.git'}");
        assertThat(client.post("/api/v1/apps/" + watched + "/fetch", "").status())
                .isEqualTo(202);
    }

    @Test
    void anAddressOrMethodThatIsntThereIsAProblemToo() {
        Client.Answer missing = client.get("/api/v1/apps/x/y/z");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("Content-Type")).startsWith("application/problem+json");
        Client.Answer method = client.delete("/api/v1/apps");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET").contains("POST");
        assertThat(method.header("Content-Type")).startsWith("application/problem+json");
        Client.Answer type =
                client.with("Content-Type", "text/plain").send("POST", "/api/v1/apps", BodyPublishers.ofString("x"));
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.detail()).contains("application/json");
    }
}
