package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.LogPruning;
import dev.slipway.platform.testing.Client;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BuildsApiTest extends ApiTest {
    @Test
    void buildsComeNewestFirstInPages() {
        App app = given.app("builds");
        for (int i = 0; i < 3; i++) {
            given.queuedBuild(app);
        }
        JsonNode first =
                client.get("/api/v1/apps/" + app.name() + "/builds?limit=2").json();
        assertThat(first.path("items").findValuesAsString("number")).containsExactly("3", "2");
        assertThat(first.path("items").findValuesAsString("state")).containsExactly("QUEUED", "SUPERSEDED");
        assertThat(first.path("next").asString()).isEqualTo("/api/v1/apps/" + app.name() + "/builds?limit=2&before=2");
        JsonNode rest = client.get(first.path("next").asString()).json();
        assertThat(rest.path("items").findValuesAsString("number")).containsExactly("1");
        assertThat(rest.path("next").isNull()).isTrue();
    }

    @Test
    void aBuildShowsItsCommitAndWhyItWaits() {
        App app = given.app("waiting");
        given.queuedBuild(app);
        JsonNode build = client.get("/api/v1/apps/" + app.name() + "/builds/1").json();
        assertThat(build.path("waiting").asString()).isNotEmpty();
        assertThat(build.path("commit").path("subject").asString()).isEqualTo("Change the colour");
        assertThat(build.path("requestedBy").asString()).isEqualTo("ada");
        assertThat(client.get("/api/v1/queue").json().path("items").findValuesAsString("app"))
                .contains(app.name().value());
        assertThat(client.get("/api/v1/workers").status()).isEqualTo(200);
    }

    @Test
    void theBuildsOfADeletedAppEndWithIt() {
        App app = given.app("deleted");
        BuildQueue.Claim running = given.claimedBuild(app);
        Build queued = given.queuedBuild(app);
        assertThat(client.delete("/api/v1/apps/" + app.name()).status()).isEqualTo(204);
        BuildQueue queue = new BuildQueue(database);
        assertThat(queue.heartbeat(running)).isEqualTo(new BuildQueue.Pulse.Cancel("admin"));
        given.finish(running, new BuildOutcome.Errored(BuildReason.WORKER_LOST, "The worker was stopped", true));
        assertThat(new BuildStore(database).open())
                .extracting(Build::id)
                .doesNotContain(running.build().id(), queued.id());
    }

    @Test
    void aFailedBuildSaysWhereAndWhy() {
        App app = given.app("failed");
        given.finish(given.claimedBuild(app), new BuildOutcome.Failed(BuildReason.STEP_FAILED, "exit 7", 9, 7));
        JsonNode build = client.get("/api/v1/apps/" + app.name() + "/builds/1").json();
        assertThat(build.path("state").asString()).isEqualTo("FAILED");
        assertThat(build.path("reason").asString()).isEqualTo("STEP_FAILED");
        assertThat(build.path("failedLine").asInt()).isEqualTo(9);
        assertThat(build.path("exitCode").asInt()).isEqualTo(7);
        assertThat(client.get("/api/v1/apps/" + app.name())
                        .json()
                        .path("health")
                        .asString())
                .isEqualTo("FAILED");
    }

    @Test
    void theNewestCommitCanBeBuiltAgain() {
        App app = given.app("again");
        Client.Answer nothing = client.post("/api/v1/apps/" + app.name() + "/builds", "");
        assertThat(nothing.status()).isEqualTo(409);
        assertThat(nothing.detail()).contains("Push a commit to main first");
        Build build = given.queuedBuild(app);
        Client.Answer again = client.post("/api/v1/apps/" + app.name() + "/builds", "");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("commit").path("id").asString())
                .isEqualTo(build.commit().id().value());
        assertThat(again.json().path("cause").asString()).isEqualTo("MANUAL");
        assertThat(again.json().path("requestedBy").asString()).isEqualTo("admin");
    }

    @Test
    void whatIsBuiltAgainIsOfTheAppsPresentBranch() {
        App app = given.app("branches");
        String path = "/api/v1/apps/" + app.name();
        Build main = given.queuedBuild(app);
        client.send("PATCH", path, "{'branch': 'next'}");
        Client.Answer nothing = client.post(path + "/builds", "");
        assertThat(nothing.status()).isEqualTo(409);
        assertThat(nothing.detail()).contains("was built from next yet");
        new BuildStore(database).enqueue(new BuildRequest(app.id(), BuildCause.PUSH, "next", main.commit(), "ada"));
        client.send("PATCH", path, "{'branch': 'main'}");
        JsonNode again = client.post(path + "/builds", "").json();
        assertThat(again.path("branch").asString()).isEqualTo("main");
    }

    @Test
    void aQueuedBuildIsCancelledAtOnceAndOnlyOnce() {
        App app = given.app("cancelled");
        given.queuedBuild(app);
        Client.Answer cancelled = client.post("/api/v1/apps/" + app.name() + "/builds/1/cancel", "");
        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.json().path("state").asString()).isEqualTo("CANCELLED");
        Client.Answer late = client.post("/api/v1/apps/" + app.name() + "/builds/1/cancel", "");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).contains("has already ended");
    }

    @Test
    void stepsAreListedWithTheirTimes() {
        App app = given.app("steps");
        BuildQueue.Claim claim = given.claimedBuild(app);
        new BuildLog(database)
                .step(claim, new BuildStep(1, "[1/2] FROM scratch", BuildStep.State.CACHED, Instant.now(), 0L));
        new BuildLog(database)
                .step(claim, new BuildStep(2, "[2/2] COPY . .", BuildStep.State.RUNNING, Instant.now(), null));
        JsonNode steps = client.get("/api/v1/apps/" + app.name() + "/builds/1/steps")
                .json()
                .path("items");
        assertThat(steps.findValuesAsString("state")).containsExactly("CACHED", "RUNNING");
        assertThat(steps.path(1).path("durationMs").isNull()).isTrue();
    }

    @Test
    void theLogCanBeReadInPiecesAndWhole() {
        App app = given.app("log");
        BuildQueue.Claim claim = given.claimedBuild(app);
        BuildLog log = new BuildLog(database);
        log.append(claim, 0, List.of("one", "two", "three"));
        log.append(claim, 3, List.of("four", "", "\u001b[31msix\u001b[0m"));
        String path = "/api/v1/apps/" + app.name() + "/builds/1/log";
        JsonNode part = client.get(path + "?from=2&limit=2").json();
        assertThat(texts(part.path("lines"))).containsExactly("three", "four");
        assertThat(part.path("next").asInt()).isEqualTo(4);
        assertThat(part.path("complete").asBoolean()).isFalse();
        given.finish(claim, new BuildOutcome.Cancelled("ada"));
        JsonNode rest = client.get(path + "?from=4").json();
        assertThat(texts(rest.path("lines"))).containsExactly("", "\u001b[31msix\u001b[0m");
        assertThat(rest.path("complete").asBoolean()).isTrue();
        Client.Answer whole = client.get(path + "/download");
        assertThat(whole.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(whole.header("Content-Disposition")).contains(app.name() + "-build-1.log");
        assertThat(whole.body()).isEqualTo("one\ntwo\nthree\nfour\n\n\u001b[31msix\u001b[0m\n");
        assertThat(client.get(path + "?limit=0").status()).isEqualTo(422);
    }

    @Test
    void aLogThatIsntKeptAnyMoreIsSaidInsteadOfAnEmptyOne() {
        App app = given.app("old");
        BuildQueue.Claim claim = given.claimedBuild(app);
        new BuildLog(database).append(claim, 0, List.of("one"));
        given.finish(claim, new BuildOutcome.Cancelled("ada"));
        database.jdbc()
                .sql("UPDATE apps SET last_build = 1 + :kept WHERE id = :id")
                .param("kept", LogPruning.KEPT)
                .param("id", app.id())
                .update();
        new LogPruning(database).prune(app.id());
        String build = "/api/v1/apps/" + app.name() + "/builds/1";
        assertThat(client.get(build).status()).isEqualTo(200);
        for (String path : List.of("/steps", "/log", "/log/download", "/log/stream")) {
            Client.Answer answer = client.get(build + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.detail()).startsWith("The log of build 1 of \"" + app.name() + "\" isn't kept any more.");
        }
    }

    @Test
    void aBuildThatIsntThereIsNotFound() {
        App app = given.app("empty");
        List<String> paths = List.of(
                "/builds/7",
                "/builds/7/steps",
                "/builds/7/log",
                "/builds/7/log/download",
                "/builds/7/log/stream",
                "/releases/7");
        for (String path : paths) {
            Client.Answer answer = client.get("/api/v1/apps/" + app.name() + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.detail()).contains("7").contains(app.name().value());
        }
        assertThat(client.get("/api/v1/apps/" + app.name() + "/builds/one").detail())
                .isEqualTo("number must be a whole number.");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
