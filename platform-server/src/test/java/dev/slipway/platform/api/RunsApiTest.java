package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.releases.Release;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.runs.RunStore;
import dev.slipway.platform.testing.Client;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Here the runtime tier is away; what it does is done by hand.
class RunsApiTest extends ApiTest {
    private String path(App app) {
        return "/api/v1/apps/" + app.name() + "/runs";
    }

    private Run now(App app, long id) {
        return new RunHistory(database).find(app.id(), id).orElseThrow();
    }

    @Test
    void aCommandRunsInWhatIsLiveAndTellsWhatBecameOfIt() {
        App app = given.app("runs");
        assertThat(client.post(path(app), "{'command': ['bin/report']}").detail())
                .endsWith("nothing is live yet.");
        given.liveRelease(app);
        Client.Answer made = client.post(path(app), "{'line': 'bin/report \\\"last month\\\" --to $HOME'}");
        assertThat(made.status()).isEqualTo(202);
        JsonNode run = made.json();
        assertThat(made.header("Location")).isEqualTo(path(app) + "/" + run.path("id"));
        assertThat(run.path("command").valueStream().map(JsonNode::asString))
                .containsExactly("bin/report", "last month", "--to", "$HOME");
        assertThat(run.path("state").asString()).isEqualTo("QUEUED");
        assertThat(run.path("kind").asString()).isEqualTo("ONE_OFF");
        assertThat(run.path("release").asInt()).isEqualTo(1);
        assertThat(run.path("timeoutSeconds").asInt()).isEqualTo(3600);
        assertThat(run.path("requestedBy").asString()).isEqualTo("admin");
        String own = made.header("Location");
        assertThat(client.get(own + "/output").body()).isEmpty();
        RunStore runs = new RunStore(database);
        Run row = now(app, run.path("id").asLong());
        runs.start(row);
        runs.succeed(row, "42 lines\n");
        assertThat(client.get(own).json().path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(client.get(own).json().path("exitCode").asInt()).isZero();
        assertThat(client.get(own + "/output").body()).isEqualTo("42 lines\n");
        assertThat(client.post(own + "/cancel", "").detail()).endsWith("has ended already.");
        assertThat(client.get(path(app)).json().path("items").size()).isEqualTo(1);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").json().findValuesAsString("kind"))
                .contains("RUN_REQUESTED");
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").body()).doesNotContain("last month");
    }

    @Test
    void aCommandIsCancelledByWhoeverAsksFirst() {
        App app = given.app("runs");
        given.liveRelease(app);
        String own = client.post(path(app), "{'command': ['sleep', '9']}").header("Location");
        assertThat(client.post(own + "/cancel", "")
                        .json()
                        .path("cancelRequestedBy")
                        .asString())
                .isEqualTo("admin");
        assertThat(client.post(own + "/cancel", "").status()).isEqualTo(200);
        assertThat(client.get(own).json().path("state").asString()).isEqualTo("QUEUED");
    }

    @Test
    void aReleaseCommandIsCancelledTheSameWay() {
        App app = given.app("runs");
        client.send("PATCH", "/api/v1/apps/" + app.name(), "{'releaseCommand': {'command': ['bin/migrate']}}");
        given.liveRelease(app);
        long id = client.get("/api/v1/apps/" + app.name() + "/releases/1")
                .json()
                .path("commandRun")
                .path("id")
                .asLong();
        assertThat(client.post(path(app) + "/" + id + "/cancel", "")
                        .json()
                        .path("kind")
                        .asString())
                .isEqualTo("RELEASE");
        assertThat(now(app, id).cancelRequestedBy()).isEqualTo("admin");
        assertThat(client.get(path(app)).json().path("items").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'command': ['a'], 'line': 'a'}",
                "{'command': []}",
                "{'command': ['']}",
                "{'command': ['a', null]}",
                "{'command': ['a\\u0000b']}",
                "{'line': ''}",
                "{'line': 'echo \\\"open'}",
                "{'command': ['a'], 'timeoutSeconds': 0}",
                "{'command': ['a'], 'timeoutSeconds': 86401}",
                "{'command': 'a'}",
                "{'command': ['a'], 'shell': true}"
            })
    void whatCantBeRunIsRefused(String wish) {
        App app = given.app("runs");
        given.liveRelease(app);
        Client.Answer answer = client.post(path(app), wish);
        assertThat(answer.status()).isIn(400, 422);
        assertThat(answer.detail()).endsWith(".");
        assertThat(client.get(path(app)).json().path("items").isEmpty()).isTrue();
    }

    @Test
    void onlySoManyRunAtOnce() {
        App app = given.app("runs");
        given.liveRelease(app);
        for (int i = 0; i < 10; i++) {
            assertThat(client.post(path(app), "{'line': 'sleep 9'}").status()).isEqualTo(202);
        }
        Client.Answer refused = client.post(path(app), "{'line': 'sleep 9'}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).endsWith("10 of its commands haven't ended yet.");
    }

    @Test
    void theOldestGoAndOnlyTheOutputsOfReleaseCommands() {
        App app = given.app("runs");
        Release release = given.liveRelease(app);
        RunStore runs = new RunStore(database);
        for (int i = 0; i < 105; i++) {
            Run run = runs.create(
                    new RunStore.NewRun(app.id(), release.id(), Run.Kind.ONE_OFF, List.of("run" + i), 60, "ada"));
            if (i > 0) {
                runs.start(run);
                runs.succeed(run, "done");
            }
        }
        List<Run> kept = new RunHistory(database).ofApp(app.id(), null, Long.MAX_VALUE, 1000);
        // the newest isn't among the ended when it is made, and the first has never ended
        assertThat(kept).hasSize(102);
        assertThat(kept.getLast().state()).isEqualTo(RunState.QUEUED);
        assertThat(kept.get(kept.size() - 2).command()).containsExactly("run4");
    }

    @Test
    void othersAppsRunsArentFound() {
        App app = given.app("runs");
        given.liveRelease(app);
        String own = client.post(path(app), "{'line': 'id'}").header("Location");
        App other = given.app("runs");
        String id = own.substring(own.lastIndexOf('/'));
        assertThat(client.get(path(other) + id).status()).isEqualTo(404);
        assertThat(client.get(path(other) + id + "/output").status()).isEqualTo(404);
        assertThat(client.post(path(other) + id + "/cancel", "").status()).isEqualTo(404);
        assertThat(new Client(client.port()).get(own).status()).isEqualTo(401);
    }
}
