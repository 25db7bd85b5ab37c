package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.Release;
import dev.slipway.platform.testing.Client;
import java.time.Instant;
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
        assertThat(preview.path("from").asInt()).isEqualTo(2);
        assertThat(preview.path("to").asInt()).isEqualTo(1);
        assertThat(preview.path("changes").findValuesAsString("what")).contains("Commit", "Image");
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
