package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.drains.DrainStore;
import dev.slipway.platform.testing.Client;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DrainsApiTest extends ApiTest {
    private static String drains(App app) {
        return "/api/v1/apps/" + app.name() + "/drains";
    }

    @Test
    void aDrainIsAddedTestedAndRemovedAndItsCredentialsNeverComeBack() {
        App app = given.app("drains");
        Client.Answer added = client.post(
                drains(app), "{'url': 'https://192.88.98.7/in', 'authorization': 'Bearer t0ken-1', 'gzip': true}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("authorized").asBoolean()).isTrue();
        assertThat(added.json().path("gzip").asBoolean()).isTrue();
        long id = added.json().path("id").asLong();
        DrainStore store = new DrainStore(database);
        assertThat(new String(store.secret(id).orElseThrow(), StandardCharsets.ISO_8859_1))
                .doesNotContain("t0ken");

        assertThat(client.post(drains(app) + "/" + id + "/test", "").status()).isEqualTo(202);
        assertThat(store.ofApp(app.id()).getFirst().testedAt()).isNotNull();
        JsonNode listed = client.get(drains(app)).json().path("items").path(0);
        assertThat(listed.path("url").asString()).isEqualTo("https://192.88.98.7/in");
        assertThat(listed.path("health").isNull()).isTrue();
        assertThat(client.get(drains(app)).body()).doesNotContain("t0ken");

        assertThat(client.delete(drains(app) + "/" + id).status()).isEqualTo(204);
        assertThat(client.delete(drains(app) + "/" + id).status()).isEqualTo(404);
        assertThat(client.post(drains(app) + "/" + id + "/test", "").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").body())
                .contains("Log drain to 192.88.98.7 added", "Log drain to 192.88.98.7 removed")
                .doesNotContain("t0ken");
    }

    @Test
    void anAppHasAFewDrainsAtMostAndADeletedOneNone() {
        App app = given.app("drains");
        for (int i = 0; i < 5; i++) {
            assertThat(client.post(drains(app), "{'url': 'syslog+tls://192.88.98." + i + "'}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(client.post(drains(app), "{'url': 'syslog+tls://192.88.98.9'}")
                        .status())
                .isEqualTo(409);
        client.delete("/api/v1/apps/" + app.name());
        assertThat(new DrainStore(database).ofApp(app.id())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'url': 'ftp://192.88.98.7'} | looks like",
                "{'url': 'logs.example.com'} | looks like",
                "{'url': 'https://'} | looks like",
                "{'url': 'syslog+tcp://192.88.98.7:70000'} | looks like",
                "{'url': 'https://user:pw@192.88.98.7/'} | their own field",
                "{'url': 'syslog+tcp://192.88.98.7/path'} | no path",
                "{'url': 'syslog+udp://192.88.98.7', 'authorization': 'x'} | no credentials",
                "{'url': 'https://192.88.98.7', 'authorization': 'a\\nb'} | ASCII",
                "{'url': 'http://169.254.169.254/latest'} | link-local",
                "{'url': 'http://localhost:8081'} | SLIPWAY_ALLOW_PRIVATE_DRAINS=localhost",
                "{'url': 'http://[::1]:8081'} | this machine",
                "{} | url is missing",
            })
    void whatCannotBeIsSaid(String body, String sentence) {
        Client.Answer answer = client.post(drains(given.app("drains")), body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).contains(sentence);
    }
}
