package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.platform.testing.Client;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConfigApiTest extends ApiTest {
    @Test
    void aChangeMakesAVersionAndAReleaseOfTheSameImageAndShowsNoValue() {
        App app = given.app("config");
        given.liveRelease(app);
        String config = "/api/v1/apps/" + app.name() + "/config";
        assertThat(client.get(config).json().path("version").asInt()).isZero();

        Client.Answer changed = client.send("PATCH", config, "{\"API_KEY\": \"s3cret-1\", \"MODE\": \"fast\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("version").asInt()).isEqualTo(1);
        assertThat(changed.json().path("release").asInt()).isEqualTo(2);
        JsonNode release =
                client.get("/api/v1/apps/" + app.name() + "/releases/2").json();
        assertThat(release.path("cause").asString()).isEqualTo("CONFIG");
        assertThat(release.path("image").path("version").asInt()).isEqualTo(1);
        assertThat(release.path("configVersion").asInt()).isEqualTo(1);

        client.send("PATCH", config, "{\"MODE\": null}");
        JsonNode now = client.get(config).json();
        assertThat(now.path("version").asInt()).isEqualTo(2);
        assertThat(now.path("names").valueStream().map(JsonNode::asString)).containsExactly("API_KEY");
        assertThat(client.get(config).body()
                        + changed.body()
                        + client.get("/api/v1/apps/" + app.name() + "/events").body())
                .contains("API_KEY, MODE set", "MODE removed")
                .doesNotContain("s3cret-1");
    }

    @Test
    void aChangeThatChangesNothingMakesNothing() {
        App app = given.app("config");
        given.liveRelease(app);
        String config = "/api/v1/apps/" + app.name() + "/config";
        client.send("PATCH", config, "{\"A\": \"1\"}");
        JsonNode again =
                client.send("PATCH", config, "{\"A\": \"1\", \"NEVER\": null}").json();
        assertThat(again.path("version").asInt()).isEqualTo(1);
        assertThat(again.path("release").isNull()).isTrue();
    }

    @Test
    void anAppWithoutAReleaseKeepsItsConfigForTheFirstOne() {
        App app = given.app("config");
        String config = "/api/v1/apps/" + app.name() + "/config";
        JsonNode set = client.send("PATCH", config, "{\"A\": \"1\"}").json();
        assertThat(set.path("release").isNull()).isTrue();
        assertThat(given.liveRelease(app).configVersion()).isEqualTo(1);
    }

    @Test
    void rollingBackTakesTheConfigBackAndTheNextBuildStaysThere() {
        App app = given.app("config");
        given.liveRelease(app);
        String path = "/api/v1/apps/" + app.name();
        client.send("PATCH", path + "/config", "{\"A\": \"good\"}");
        given.liveRelease(app);
        client.send("PATCH", path + "/config", "{\"A\": \"bad\", \"B\": \"bad\"}");
        assertThat(given.liveRelease(app).configVersion()).isEqualTo(2);

        client.post(path + "/releases/3/rollback", "{}");
        JsonNode back = client.get(path + "/config").json();
        assertThat(back.path("version").asInt()).isEqualTo(1);
        assertThat(back.path("names").valueStream().map(JsonNode::asString)).containsExactly("A");
        assertThat(given.liveRelease(app).configVersion()).isEqualTo(1);
        assertThat(client.send("PATCH", path + "/config", "{\"C\": \"x\"}")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void anEnvFileIsImportedAndWhatCannotBeIsSaidWithoutItsValue() {
        App app = given.app("config");
        String config = "/api/v1/apps/" + app.name() + "/config";
        Client text = client.with("Content-Type", "text/plain");
        assertThat(text.send("POST", config, java.net.http.HttpRequest.BodyPublishers.ofString("A=1\nB='x y'"))
                        .json()
                        .path("names")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("A", "B");
        Client.Answer refused = client.send("PATCH", config, "{\"1A\": \"s3cret-2\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains("\"1A\" can't be a variable's name");
        assertThat(refused.body()).doesNotContain("s3cret-2");
    }

    @Test
    void buildsAreGivenVariablesAsSecretsByName() {
        App app = given.app("secrets");
        String path = "/api/v1/apps/" + app.name();
        client.send("PATCH", path, "{'build': {'secrets': ['NPM_TOKEN', 'KEY']}}");
        assertThat(client.get(path)
                        .json()
                        .path("build")
                        .path("secrets")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("NPM_TOKEN", "KEY");
        client.send("PATCH", path, "{'build': {'timeoutSeconds': 60}}");
        assertThat(client.get(path).json().path("build").path("secrets").size()).isEqualTo(2);
        assertThat(client.send("PATCH", path, "{'build': {'secrets': ['A=value']}}")
                        .status())
                .isEqualTo(422);
        assertThat(client.send("PATCH", path, "{'build': {'secrets': ['A', 'A']}}")
                        .detail())
                .contains("named twice");
    }

    @Test
    void theNamesAreExportedWithoutValues() {
        App app = given.app("export");
        String config = "/api/v1/apps/" + app.name() + "/config";
        client.send("PATCH", config, "{'B': 's3cret', 'A': 's3cret'}");
        Client.Answer names = client.get(config + "/names");
        assertThat(names.header("Content-Type")).startsWith("text/plain");
        assertThat(names.body()).endsWith("# A=\n# B=\n").doesNotContain("s3cret");
    }
}
