package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.platform.testing.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Here the runtime tier is away; what it answers is passed on as it is.
class AppLogApiTest extends ApiTest {
    @ParameterizedTest
    @ValueSource(strings = {"/logs", "/logs/stream", "/logs/download", "/metrics", "/metrics?range=WEEK"})
    void withoutTheRuntimeTierThereIsASentence(String resource) {
        App app = given.app("logs");
        Client.Answer answer = client.get("/api/v1/apps/" + app.name() + resource);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail())
                .isEqualTo("The runtime tier, which knows this, doesn't answer. See ./slipway status");
        assertThat(client.get("/api/v1/apps/no-such-app" + resource).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail=0", "tail=many", "release=new", "since=noon", "stream=stdin", "before=5"})
    void wrongParametersAreNamed(String parameter) {
        App app = given.app("logs");
        Client.Answer answer = client.get("/api/v1/apps/" + app.name() + "/logs?" + parameter);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith(parameter.replaceFirst("=.*", ""));
    }

    @Test
    void nobodyReadsLogsWithoutAToken() {
        App app = given.app("logs");
        Client stranger = new Client(client.port());
        assertThat(stranger.get("/api/v1/apps/" + app.name() + "/logs/stream").status())
                .isEqualTo(401);
    }
}
