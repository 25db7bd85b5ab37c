package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.Release;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunStore;
import dev.slipway.platform.testing.Client;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReleasesApiTest extends ApiTest {
    @Test
    void aReleaseShowsItsImageCommitAndState() {
        App app = given.app("released");
        given.liveRelease(app);
        JsonNode release =
                client.get("/api/v1/apps/" + app.name() + "/releases/1").json();
        assertThat(release.path("state").asString()).isEqualTo("LIVE");
        assertThat(release.path("image").path("version").asInt()).isEqualTo(1);
        assertThat(release.path("image").path("digest").asString()).startsWith("sha256:");
        assertThat(release.path("commit").path("author").asString()).isEqualTo("Ada <ada@example.com>");
        assertThat(release.path("rollbackRefusal").asString()).isEqualTo("it is live already");
        JsonNode live = client.get("/api/v1/apps/" + app.name()).json().path("live");
        assertThat(live.path("release").asInt()).isEqualTo(1);
    }

    @Test
    void aRollbackIsShownBeforeItIsDoneAndMakesANewRelease() {
        App app = given.app("rollback");
        given.liveRelease(app);
        given.liveRelease(app);
        String path = "/api/v1/apps/" + app.name() + "/releases";
        JsonNode preview = client.get(path + "/1/rollback").json();
        JsonNode comparison = preview.path("comparison");
        assertThat(comparison.path("from").asInt()).isEqualTo(2);
        assertThat(comparison.path("to").asInt()).isEqualTo(1);
        assertThat(comparison.path("image").path("same").asBoolean()).isFalse();
        assertThat(preview.path("kinds").valueStream().map(JsonNode::asString))
                .containsExactly("IMAGE_AND_CONFIG", "IMAGE");
        assertThat(preview.path("stays").isEmpty()).isFalse();
        Client.Answer done = client.post(path + "/1/rollback", "{}");
        assertThat(done.status()).isEqualTo(202);
        assertThat(done.header("Location")).isEqualTo(path + "/3");
        assertThat(done.json().path("number").asInt()).isEqualTo(3);
        assertThat(done.json().path("cause").asString()).isEqualTo("ROLLBACK");
        assertThat(done.json().path("rollbackOf").asInt()).isEqualTo(1);
        assertThat(done.json().path("createdBy").asString()).isEqualTo("admin");
        assertThat(done.json().path("image").path("version").asInt()).isEqualTo(1);
        assertThat(client.get(path).json().path("items").findValuesAsString("number"))
                .containsExactly("3", "2", "1");
    }

    @Test
    void aRollbackPausesDeploysUntilTheyAreResumedWhichReleasesWhatWasBuiltMeanwhile() {
        App app = given.app("paused");
        String path = "/api/v1/apps/" + app.name();
        given.liveRelease(app);
        given.liveRelease(app);
        assertThat(client.post(path + "/deploys/resume", "").detail()).contains("aren't paused");
        client.post(path + "/releases/1/rollback", "{'kind': 'IMAGE'}");
        JsonNode paused = client.get(path).json().path("deploysPaused");
        assertThat(paused.path("by").asString()).isEqualTo("admin");
        assertThat(paused.path("release").asInt()).isEqualTo(1);
        assertThat(paused.path("heldImage").isNull()).isTrue();

        given.built(app);
        assertThat(client.get(path + "/builds/3").json().path("message").asString())
                .startsWith("Built as v3, not released");
        assertThat(client.get(path)
                        .json()
                        .path("deploysPaused")
                        .path("heldImage")
                        .asInt())
                .isEqualTo(3);
        assertThat(client.get(path + "/releases/4").status()).isEqualTo(404);

        Client.Answer resumed = client.post(path + "/deploys/resume", "{'release': true}");
        assertThat(resumed.json().path("release").path("number").asInt()).isEqualTo(4);
        assertThat(resumed.json().path("release").path("cause").asString()).isEqualTo("IMAGE");
        assertThat(client.get(path).json().path("deploysPaused").isNull()).isTrue();
        assertThat(client.get(path + "/events").json().findValuesAsString("kind"))
                .contains("DEPLOYS_PAUSED", "RELEASE_HELD", "DEPLOYS_RESUMED");
    }

    @Test
    void aReleaseTellsWhatBecameOfItsCommandAndARollbackRunsItOnlyWhenAsked() {
        App app = given.app("migrated");
        String path = "/api/v1/apps/" + app.name();
        given.liveRelease(app);
        assertThat(client.get(path + "/releases/1").json().path("commandRun").isNull())
                .isTrue();
        assertThat(client.get(path + "/releases/1/command/output").status()).isEqualTo(404);
        assertThat(client.post(path + "/releases/1/rollback", "{'runReleaseCommand': true}")
                        .status())
                .isEqualTo(409);
        client.send("PATCH", path, "{'releaseCommand': {'command': ['bin/migrate']}}");
        RunStore runs = new RunStore(database);
        for (int number = 2; number <= 3; number++) {
            Release release = given.liveRelease(app);
            Run run = runs.ofReleases(List.of(release.id())).getFirst();
            runs.start(run);
            runs.succeed(run, "migrated " + number + "\n");
        }
        JsonNode run = client.get(path + "/releases/3").json().path("commandRun");
        assertThat(run.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.path("exitCode").asInt()).isZero();
        assertThat(client.get(path + "/releases/3/command/output").body()).isEqualTo("migrated 3\n");
        assertThat(client.get(path + "/releases/2/rollback")
                        .json()
                        .path("warnings")
                        .path(0)
                        .asString())
                .startsWith("Release 3 ran its release command (bin/migrate).");
        JsonNode quiet =
                client.post(path + "/releases/2/rollback", "{'kind': 'IMAGE'}").json();
        assertThat(quiet.path("commandRun").isNull()).isTrue();
        given.live(app);
        JsonNode asked = client.post(path + "/releases/3/rollback", "{'runReleaseCommand': true}")
                .json();
        assertThat(asked.path("commandRun").path("state").asString()).isEqualTo("QUEUED");
    }

    @Test
    void anImageIsReleasedByHandWhileDeploysStayPaused() {
        App app = given.app("by-hand");
        String path = "/api/v1/apps/" + app.name();
        given.liveRelease(app);
        given.liveRelease(app);
        client.post(path + "/releases/1/rollback", "");
        given.built(app);
        Client.Answer released = client.post(path + "/releases", "{'image': 3}");
        assertThat(released.status()).isEqualTo(202);
        assertThat(released.json().path("image").path("version").asInt()).isEqualTo(3);
        assertThat(client.get(path).json().path("deploysPaused").isNull()).isFalse();
        assertThat(client.post(path + "/releases", "{'image': 9}").status()).isEqualTo(404);
        assertThat(client.post(path + "/releases", "{}").status()).isEqualTo(422);
    }

    @Test
    void thereIsNoWayBackToTheLiveRelease() {
        App app = given.app("live");
        given.liveRelease(app);
        Client.Answer answer = client.post("/api/v1/apps/" + app.name() + "/releases/1/rollback", "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail()).contains("it is live already");
    }

    @Test
    void instancesAreListedAndTheirLogsNeedTheRuntime() {
        App app = given.app("instances");
        Release release = given.liveRelease(app);
        new InstanceStore(database)
                .save(new Instance(
                        "i-" + app.name(),
                        app.id(),
                        release.id(),
                        null,
                        Instance.State.SERVING,
                        null,
                        null,
                        "c1",
                        "172.30.0.2",
                        8000,
                        Instant.now(),
                        Instant.now(),
                        null));
        JsonNode instances =
                client.get("/api/v1/apps/" + app.name() + "/instances").json().path("items");
        assertThat(instances.findValuesAsString("state")).containsExactly("SERVING");
        Client.Answer logs = client.get("/api/v1/apps/" + app.name() + "/instances/i-" + app.name() + "/logs");
        assertThat(logs.status()).isEqualTo(409);
        assertThat(logs.detail()).contains("runtime tier");
        assertThat(client.get("/api/v1/apps/" + app.name() + "/instances/other/logs")
                        .status())
                .isEqualTo(404);
    }
}
