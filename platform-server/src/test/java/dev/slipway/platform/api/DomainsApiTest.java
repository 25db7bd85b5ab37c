package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.domains.DomainStore;
import dev.slipway.db.domains.FrontStore;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DomainsApiTest extends ApiTest {
    private static String domains(App app) {
        return "/api/v1/apps/" + app.name() + "/domains";
    }

    private static String host() {
        return Given.name("d") + ".example.com";
    }

    @Test
    void aDomainIsAddedShownChangedAndRemoved() {
        App app = given.app("domains");
        String host = host();
        long revision = new FrontStore(database).revision();

        Client.Answer added = client.post(domains(app), "{'host': '" + host.toUpperCase(java.util.Locale.ROOT) + ".'}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("host").asString()).isEqualTo(host);
        assertThat(added.json().path("path").asString()).isEqualTo("/");
        assertThat(added.json().path("url").asString()).isEqualTo("http://" + host + ":8080");
        assertThat(new FrontStore(database).revision()).isGreaterThan(revision);
        String path = added.header("Location");
        assertThat(client.get(path).json().path("forceHttps").asBoolean()).isFalse();

        Client.Answer changed = client.send("PATCH", path, "{'forceHttps': true, 'hstsSeconds': 600}");
        assertThat(changed.json().path("forceHttps").asBoolean()).isTrue();
        JsonNode kept = client.send("PATCH", path, "{'stripPath': true}").json();
        assertThat(kept.path("hstsSeconds").asInt()).isEqualTo(600);
        assertThat(client.get(domains(app)).json().path("items").size()).isEqualTo(1);

        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").body())
                .contains("Domain " + host + " added", "Domain " + host + " changed", "Domain " + host + " removed");
    }

    @Test
    void aHostAndPathHasOneOwnerAndTheOwnerIsNamed() {
        App first = given.app("first");
        App second = given.app("second");
        String host = host();
        assertThat(client.post(domains(first), "{'host': '" + host + "'}").status())
                .isEqualTo(201);
        Client.Answer taken = client.post(domains(second), "{'host': '" + host + "'}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.detail()).contains("The app \"" + first.name() + "\" has the domain " + host);
        assertThat(client.post(domains(first), "{'host': '" + host + "'}").detail())
                .contains("has the domain " + host + " already");
        assertThat(client.post(domains(second), "{'host': '" + host + "', 'path': '/api/'}")
                        .json()
                        .path("url")
                        .asString())
                .endsWith(host + ":8080/api");
    }

    @Test
    void aDeletedAppFreesItsDomains() {
        App first = given.app("first");
        App second = given.app("second");
        String host = host();
        client.post(domains(first), "{'host': '" + host + "'}");
        assertThat(client.delete("/api/v1/apps/" + first.name()).status()).isEqualTo(204);
        assertThat(new DomainStore(database).ofApp(first.id())).isEmpty();
        assertThat(client.post(domains(second), "{'host': '" + host + "'}").status())
                .isEqualTo(201);
    }

    @Test
    void redirectsTakeOneStepAndNeverTurnInACircle() {
        App app = given.app("moves");
        String host = host();
        client.post(domains(app), "{'host': '" + host + "'}");
        JsonNode moved = client.post(
                        domains(app),
                        "{'host': 'www." + host + "', 'redirectTo': '" + host + "', 'redirectStatus': 301}")
                .json();
        assertThat(moved.path("redirectTo").asString()).isEqualTo(host);
        assertThat(moved.path("redirectStatus").asInt()).isEqualTo(301);
        assertThat(client.post(domains(app), "{'host': 'old." + host + "', 'redirectTo': 'www." + host + "'}")
                        .detail())
                .contains("redirects too");
        String target = domains(app) + "/"
                + client.get(domains(app))
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asLong();
        assertThat(client.send("PATCH", target, "{'redirectTo': 'www." + host + "'}")
                        .status())
                .isEqualTo(422);
        assertThat(client.send("PATCH", target, "{'redirectTo': 'elsewhere.example'}")
                        .detail())
                .contains("redirects here");
        assertThat(client.send("PATCH", target, "{'redirectTo': '" + host + "'}")
                        .detail())
                .contains("itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'host': 'localhost'} | isn't a domain",
                "{'host': 'shop.localhost'} | belongs to the platform",
                "{'host': '10.0.0.1'} | isn't a domain",
                "{'host': 'a.example.com', 'path': '/../x'} | can't be a path",
                "{'host': 'a.example.com', 'redirectStatus': 301} | redirectTo",
                "{'host': 'a.example.com', 'redirectTo': 'b.example.com', 'redirectStatus': 200} | 301, 302, 307 or 308",
                "{'host': 'a.example.com', 'redirectTo': '*.example.com'} | one host",
                "{'host': 'a.example.com', 'hstsSeconds': 60} | turn that on too",
                "{'host': 'a.example.com', 'hstsSeconds': -1, 'forceHttps': true} | between 0 seconds and 2 years",
                "{'host': 'a.example.com', 'hstsSeconds': 9999999999999, 'forceHttps': true} | between 0 seconds and 2 years",
                "{'host': '*.example.com', 'automaticCertificate': true} | Upload one of your own",
                "{'host': 'a.example.com', 'automaticCertificate': true} | turned off",
                "{} | host is missing",
            })
    void whatCannotBeIsSaid(String body, String sentence) {
        Client.Answer answer = client.post(domains(given.app("domains")), body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).contains(sentence);
    }
}
