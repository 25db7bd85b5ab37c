package dev.slipway.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.RunningPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningPlatform
class TokenAccessTest {
    @LocalServerPort
    private int port;

    @Autowired
    private TokenService tokens;

    @Autowired
    private Database database;

    @Autowired
    private MasterKey masterKey;

    private Client nobody;
    private IssuedToken token;

    @BeforeEach
    void aToken() {
        nobody = new Client(port);
        token = tokens.create("admin", "test", null);
    }

    @Test
    void theApiAcceptsABearerTokenAndNotesItsUse() {
        assertThat(nobody.bearer(token.secret()).get("/api/v1/apps").status()).isEqualTo(200);
        assertThat(tokens.list("admin").stream()
                        .filter(t -> t.id() == token.token().id())
                        .findFirst()
                        .orElseThrow()
                        .lastUsedAt())
                .isNotNull();
    }

    @Test
    void aMissingTokenIsAskedFor() {
        Client.Answer answer = nobody.get("/api/v1/apps");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"Slipway\"");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.detail()).contains("Authorization: Bearer slw_");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void anUnknownTokenIsCalledUnknown() {
        Client.Answer answer = nobody.bearer("slw_" + "a".repeat(40)).get("/api/v1/apps");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(answer.detail()).contains("mistyped or was revoked");
    }

    @Test
    void anExpiredTokenSaysSinceWhen() {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("UPDATE tokens SET expires_at = '2024-02-29 12:30:00+00' WHERE id = :id")
                    .param("id", token.token().id())
                    .update();
        });
        Client.Answer answer = nobody.bearer(token.secret()).get("/api/v1/apps");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.detail()).contains("expired on 29 February 2024, 12:30 UTC");
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        Client client = nobody.bearer(token.secret());
        assertThat(client.get("/api/v1/apps").status()).isEqualTo(200);
        assertThat(client.delete("/api/v1/tokens/" + token.token().id()).status())
                .isEqualTo(204);
        assertThat(client.get("/api/v1/apps").status()).isEqualTo(401);
    }

    @Test
    void aPersonsPasswordIsNotATokenAndIsToldSo() {
        Client.Answer answer = nobody.basic("admin", "a password").get("/v2/");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"Slipway\"");
        assertThat(answer.json().path("errors").path(0).path("code").asString()).isEqualTo("UNAUTHORIZED");
        assertThat(answer.json().path("errors").path(0).path("message").asString())
                .contains("password isn't accepted here");
    }

    @Test
    void gitAsksForBasicAndGetsASentence() {
        Client.Answer answer = nobody.get("/git/shop.git/info/refs?service=git-upload-pack");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"Slipway\"");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.body()).contains("an API token from the dashboard as the password");
    }

    @Test
    void gitAndTheRegistryTakeTheTokenUnderAnyUserName() {
        assertThat(nobody.basic("whoever", token.secret())
                        .get("/git/no-such.git/info/refs?service=git-upload-pack")
                        .status())
                .isNotIn(401, 403);
        assertThat(nobody.basic("", token.secret()).get("/v2/").status()).isNotIn(401, 403);
    }

    @Test
    void programsHaveCredentialsOfTheirOwnForTheRegistryOnly() {
        Client worker = nobody.basic("slipway-worker", masterKey.derive("registry/worker"));
        assertThat(worker.get("/v2/").status()).isNotIn(401, 403);
        assertThat(worker.get("/git/shop.git/info/refs").status()).isEqualTo(401);
        assertThat(nobody.basic("slipway-worker", masterKey.derive("registry/runtime"))
                        .get("/v2/")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatHasNoRuleIsDeniedEvenWithAToken() {
        assertThat(nobody.bearer(token.secret()).get("/api/v2/apps").status()).isEqualTo(404);
        assertThat(nobody.get("/api/v2/apps").status()).isEqualTo(401);
        assertThat(nobody.get("/hooks/shop").status()).isIn(401, 403);
        assertThat(nobody.get("/actuator").status()).isEqualTo(302);
    }

    @Test
    void healthIsOpenAndSaysNothingButUp() {
        Client.Answer answer = nobody.get("/health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void manyWrongTokensFromAnAddressHaveToWaitButOnesThatWereGoodLatelyDont() {
        Client address = nobody.with("X-Forwarded-For", "203.0.113.7");
        assertThat(address.bearer(token.secret()).get("/api/v1/me").status()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            assertThat(address.bearer("slw_" + "x".repeat(40)).get("/api/v1/me").status())
                    .isEqualTo(401);
        }
        Client.Answer wait = address.bearer("slw_" + "y".repeat(40)).get("/api/v1/me");
        assertThat(wait.status()).isEqualTo(429);
        assertThat(wait.header("Retry-After")).isEqualTo("1");
        assertThat(wait.detail()).contains("too many wrong tokens from this address");
        assertThat(address.basic("x", "wrong")
                        .get("/v2/")
                        .json()
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asString())
                .isEqualTo("TOOMANYREQUESTS");
        assertThat(address.bearer(token.secret()).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(nobody.with("X-Forwarded-For", "203.0.113.8")
                        .bearer("slw_" + "x".repeat(40))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tokensAreListedWithoutTheirSecretsAndNeedAName() {
        Client client = nobody.bearer(token.secret());
        Client.Answer created = client.post("/api/v1/tokens", "{'name': 'ci', 'expiresAt': '2099-01-01T00:00:00Z'}");
        assertThat(created.status()).isEqualTo(201);
        String secret = created.json().path("token").asString();
        assertThat(secret).startsWith("slw_");
        Client.Answer list = client.get("/api/v1/tokens");
        assertThat(list.body())
                .doesNotContain(secret)
                .contains(secret.substring(0, 8))
                .contains("2099-01-01T00:00:00Z");
        assertThat(client.post("/api/v1/tokens", "{'name': ' '}").status()).isEqualTo(422);
        assertThat(client.post("/api/v1/tokens", "{'name': 'x', 'expiresAt': '2020-01-01T00:00:00Z'}")
                        .detail())
                .contains("expired already");
        assertThat(client.post("/api/v1/tokens", "{'name': 'x', 'expiresAt': 'soon'}")
                        .detail())
                .contains("a time such as");
        assertThat(client.delete("/api/v1/tokens/999999").status()).isEqualTo(404);
    }
}
