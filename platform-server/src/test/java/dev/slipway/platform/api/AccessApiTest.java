package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.domains.FrontStore;
import dev.slipway.db.door.DoorStore;
import dev.slipway.platform.testing.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AccessApiTest extends ApiTest {
    private static String access(App app) {
        return "/api/v1/apps/" + app.name() + "/access";
    }

    @Test
    void everybodyComesInUntilSomebodyChangesIt() {
        App app = given.app("access");
        JsonNode usual = client.get(access(app)).json();
        assertThat(usual.path("maintenance").path("on").asBoolean()).isFalse();
        assertThat(usual.path("maintenance").path("retrySeconds").asInt()).isEqualTo(300);
        assertThat(usual.path("allowed")).isEmpty();
        assertThat(usual.path("users")).isEmpty();
        assertThat(usual.path("limits").path("bodyBytes").isNull()).isTrue();

        long revision = new FrontStore(database).revision();
        JsonNode changed = client.send(
                        "PATCH",
                        access(app),
                        "{'maintenance': {'on': true, 'notice': 'Back at noon.', 'allowed': ['10.1.2.3/8']}, 'limits': {'bodyBytes': 1000}}")
                .json();
        assertThat(changed.path("maintenance").path("allowed").path(0).asString())
                .isEqualTo("10.0.0.0/8");
        assertThat(new FrontStore(database).revision()).isGreaterThan(revision);
        JsonNode off = client.send("PATCH", access(app), "{'maintenance': {'on': false}, 'allowed': ['203.0.113.7']}")
                .json();
        assertThat(off.path("maintenance").path("notice").asString()).isEqualTo("Back at noon.");
        assertThat(off.path("limits").path("bodyBytes").asLong()).isEqualTo(1000);
        assertThat(client.send("PATCH", access(app), "{'limits': null}")
                        .json()
                        .path("limits")
                        .path("bodyBytes")
                        .isNull())
                .isTrue();
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").body())
                .contains(
                        "Access: maintenance on; limits of requests changed",
                        "Access: maintenance off; open to 1 address or range only",
                        "Access: limits of requests changed");
    }

    @Test
    void whoIsInvitedIsNamedAndTheirPasswordNeverComesBack() {
        App app = given.app("access");
        String anna = access(app) + "/users/anna";
        assertThat(client.send("PUT", anna, "{'password': 'correct horse'}").status())
                .isEqualTo(204);
        assertThat(client.send("PUT", anna, "{'password': 'battery staple'}").status())
                .isEqualTo(204);
        Client.Answer seen = client.get(access(app));
        assertThat(seen.json().path("users").path(0).path("name").asString()).isEqualTo("anna");
        assertThat(seen.json().path("users").path(0).path("createdBy").asString())
                .isEqualTo("admin");
        assertThat(seen.body()).doesNotContain("pbkdf2", "horse", "staple");
        assertThat(new DoorStore(database).users(app.id()).getFirst().password().fits("battery staple"))
                .isTrue();
        assertThat(client.delete(anna).status()).isEqualTo(204);
        assertThat(client.delete(anna).detail()).contains("no user called \"anna\"");
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").body())
                .contains(
                        "Visitor anna invited",
                        "Visitor anna got another password",
                        "Visitor anna not invited any more")
                .doesNotContain("staple");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'allowed': ['example.com']} | no IP address",
                "{'maintenance': {'allowed': ['10.0.0.0/40']}} | no IP address",
                "{'maintenance': {'retrySeconds': 1}} | after 5 seconds",
                "{'limits': {'bodyBytes': -1}} | 1 TiB",
                "{'limits': {'idleSeconds': 4000}} | 1 hour",
            })
    void whatCannotBeIsSaid(String body, String sentence) {
        Client.Answer answer = client.send("PATCH", access(given.app("access")), body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).contains(sentence);
    }

    @Test
    void aVisitorsNameAndPasswordAreChecked() {
        App app = given.app("access");
        assertThat(client.send("PUT", access(app) + "/users/anna", "{'password': 'short'}")
                        .detail())
                .contains("between 8 and 200");
        assertThat(client.send("PUT", access(app) + "/users/a%3Ab", "{'password': 'long enough'}")
                        .detail())
                .contains("64 letters");
        assertThat(client.send("PUT", access(app) + "/users/anna", "{}").detail())
                .contains("password is missing");
    }
}
