package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.domains.CertificateStore;
import dev.slipway.db.testing.TestCertificates;
import dev.slipway.platform.testing.Client;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CertificatesApiTest extends ApiTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();

    private Client.Answer upload(String path, TestCertificates.Issued issued) {
        return client.with("Content-Type", "application/json")
                .send(
                        "POST",
                        path,
                        java.net.http.HttpRequest.BodyPublishers.ofString(JsonMapper.builder()
                                .build()
                                .writeValueAsString(Map.of("chain", issued.chainPem(), "key", issued.keyPem()))));
    }

    @Test
    void anOwnCertificateIsUploadedShownForItsDomainsAndRemoved() {
        App app = given.app("certified");
        String path = "/api/v1/apps/" + app.name();
        String host = app.name() + ".example.com";
        client.post(path + "/domains", "{'host': '" + host + "'}");
        TestCertificates.Issued issued = AUTHORITY.issue(host);
        Client.Answer added = upload(path + "/certificates", issued);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("names").path(0).asString()).isEqualTo(host);
        assertThat(added.json().path("issuer").asString()).isEqualTo("Test Authority");

        JsonNode domain = client.get(path + "/domains").json().path("items").path(0);
        assertThat(domain.path("certificate").path("id").asLong())
                .isEqualTo(added.json().path("id").asLong());
        String all = added.body()
                + client.get(path + "/certificates").body()
                + domain
                + client.get(path + "/events").body();
        assertThat(all).doesNotContain("PRIVATE KEY");
        for (String line : issued.keyPem().lines().skip(1).toList()) {
            assertThat(all).doesNotContain(line);
        }
        String removed = path + "/certificates/" + added.json().path("id").asLong();
        assertThat(client.delete(removed).status()).isEqualTo(204);
        assertThat(client.delete(removed).status()).isEqualTo(404);
        assertThat(client.get(path + "/certificates").json().path("items").size())
                .isZero();
    }

    @Test
    void keysAreStoredEncrypted() {
        App app = given.app("certified");
        TestCertificates.Issued issued = AUTHORITY.issue(app.name() + ".example.com");
        upload("/api/v1/apps/" + app.name() + "/certificates", issued);
        CertificateStore.WithKey stored = new CertificateStore(database)
                .all().stream()
                        .filter(c ->
                                Long.valueOf(app.id()).equals(c.certificate().appId()))
                        .findFirst()
                        .orElseThrow();
        assertThat(new String(stored.sealedKey(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(java.util.Base64.getEncoder()
                        .encodeToString(issued.key().getEncoded())
                        .substring(0, 40));
        assertThat(stored.certificate().chain()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void theOneThatHoldsLongestIsShown() {
        App app = given.app("certified");
        String path = "/api/v1/apps/" + app.name();
        String host = app.name() + ".example.com";
        client.post(path + "/domains", "{'host': '" + host + "'}");
        java.time.Instant soon = java.time.Instant.now().plus(java.time.Duration.ofDays(3));
        long old = upload(path + "/certificates", AUTHORITY.issue(TestCertificates.ecKey(), soon, host))
                .json()
                .path("id")
                .asLong();
        long renewed = upload(path + "/certificates", AUTHORITY.issue(host))
                .json()
                .path("id")
                .asLong();
        assertThat(renewed).isNotEqualTo(old);
        assertThat(client.get(path + "/domains")
                        .json()
                        .path("items")
                        .path(0)
                        .path("certificate")
                        .path("id")
                        .asLong())
                .isEqualTo(renewed);
    }

    @Test
    void thePlatformHasItsOwn() {
        Client.Answer added = upload("/api/v1/certificates", AUTHORITY.issue("plat.example", "*.plat.example"));
        assertThat(added.status()).isEqualTo(201);
        String path = "/api/v1/certificates/" + added.json().path("id").asLong();
        assertThat(client.get("/api/v1/certificates").body()).contains("*.plat.example");
        assertThat(client.delete(path).status()).isEqualTo(204);
    }

    @Test
    void whatDoesntFitIsRefusedWithoutAWordOfTheKey() {
        App app = given.app("certified");
        TestCertificates.Issued one = AUTHORITY.issue("a.example.com");
        TestCertificates.Issued other = AUTHORITY.issue("b.example.com");
        Client.Answer answer = upload(
                "/api/v1/apps/" + app.name() + "/certificates", new TestCertificates.Issued(other.keys(), one.chain()));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).contains("doesn't belong to the first certificate");
        assertThat(answer.body()).doesNotContain(other.keyPem().lines().toList().get(1));
    }
}
