package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.volumes.VolumeStore;
import dev.slipway.platform.testing.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class VolumesApiTest extends ApiTest {
    private static String volumes(App app) {
        return "/api/v1/apps/" + app.name() + "/volumes";
    }

    private JsonNode listed(long id) {
        return client.get("/api/v1/volumes")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("id").asLong() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aVolumeIsAddedShownChangedDetachedAndDeletedByItsName() {
        App app = given.app("storage");
        Client.Answer added = client.post(volumes(app), "{'name': 'data', 'path': '/data'}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("writer").asString()).isEqualTo("web");
        assertThat(added.json().path("attached").asBoolean()).isTrue();
        assertThat(added.json().path("size").isNull()).isTrue();
        long id = added.json().path("id").asLong();
        String address = added.header("Location");
        assertThat(client.get(address).json().path("path").asString()).isEqualTo("/data");

        Client.Answer changed = client.send("PATCH", address, "{'path': '/var/lib/shop'}");
        assertThat(changed.json().path("path").asString()).isEqualTo("/var/lib/shop");
        assertThat(changed.json().path("writer").asString()).isEqualTo("web");

        String data = "/api/v1/volumes/" + id;
        assertThat(client.delete(data + "?name=data").detail()).contains("Detach it there first");
        assertThat(client.delete(address).status()).isEqualTo(204);
        assertThat(client.send("PATCH", address, "{'path': '/data'}").status()).isEqualTo(409);
        assertThat(client.get(address).json().path("attached").asBoolean()).isFalse();
        assertThat(client.delete(data + "?name=dat").detail()).contains("say its name, \"data\"");
        assertThat(client.delete(data).status()).isEqualTo(400);
        assertThat(client.delete(data + "?name=data").status()).isEqualTo(204);
        assertThat(client.get(address).status()).isEqualTo(404);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").body())
                .contains(
                        "Volume data added at /data, written by web",
                        "Volume data is now at /var/lib/shop",
                        "Volume data detached; its data are kept",
                        "Volume data deleted with its data");
    }

    @Test
    void whatADeletedAppLeavesIsKeptAndCanBeGivenToAnother() {
        App first = given.app("first");
        App second = given.app("second");
        long id = client.post(volumes(first), "{'name': 'data', 'path': '/data'}")
                .json()
                .path("id")
                .asLong();
        String attach = "/api/v1/volumes/" + id + "/attach";
        String toSecond = "{'app': '" + second.name() + "', 'name': 'inherited'}";
        assertThat(client.post(attach, toSecond).detail())
                .contains("belongs to the app \"" + first.name() + "\". Detach it there first");
        assertThat(client.delete("/api/v1/apps/" + first.name()).status()).isEqualTo(204);
        assertThat(listed(id).path("appDeleted").asBoolean()).isTrue();
        assertThat(listed(id).path("app").asString()).isEqualTo(first.name().value());
        JsonNode attached = client.post(attach, toSecond).json();
        assertThat(attached.path("name").asString()).isEqualTo("inherited");
        assertThat(attached.path("path").asString()).isEqualTo("/data");
        assertThat(listed(id).path("appDeleted").asBoolean()).isFalse();
        assertThat(new VolumeStore(database).ofApp(second.id())).hasSize(1);
        assertThat(client.get("/api/v1/apps/" + second.name() + "/events").body())
                .contains("Volume inherited attached at /data, written by web; it was data of " + first.name());
    }

    @Test
    void whoWritesAVolumeHasOneInstanceAtMost() {
        App app = given.app("storage");
        String instances = "/api/v1/apps/" + app.name() + "/instances";
        client.send("PUT", instances, "{'count': 2}");
        assertThat(client.post(volumes(app), "{'name': 'data', 'path': '/data'}")
                        .detail())
                .contains("web runs 2 instances, and only one can write a volume", "Scale web to 1 first");
        client.send("PUT", instances, "{'count': 1}");
        assertThat(client.post(volumes(app), "{'name': 'data', 'path': '/data'}")
                        .status())
                .isEqualTo(201);
        Client.Answer refused = client.send("PUT", instances, "{'count': 2}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("web writes the volume \"data\", so it can have one instance at most");
        assertThat(client.send("PUT", instances, "{'count': 0}").status()).isEqualTo(200);
        client.send("PATCH", volumes(app) + "/data", "{'writer': null, 'readers': ['web']}");
        assertThat(client.send("PUT", instances, "{'count': 2}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': 'data'} | 422 | path is missing",
                "{'path': '/data'} | 422 | name is missing",
                "{'name': 'Data', 'path': '/data'} | 422 | can't be the name of a volume",
                "{'name': 'data', 'path': 'data'} | 422 | can't be where a volume is mounted",
                "{'name': 'data', 'path': '/'} | 422 | can't be where a volume is mounted",
                "{'name': 'data', 'path': '/data/'} | 422 | can't be where a volume is mounted",
                "{'name': 'data', 'path': '/data/../etc'} | 422 | can't be where a volume is mounted",
                "{'name': 'data', 'path': '/a:/b'} | 422 | can't be where a volume is mounted",
                "{'name': 'data', 'path': '/proc/1'} | 422 | belongs to the system",
                "{'name': 'data', 'path': '/etc/hosts'} | 422 | belongs to the system",
                "{'name': 'data', 'path': '/usr'} | 422 | belongs to the system",
                "{'name': 'data', 'path': '/data', 'writer': 'mailer'} | 422 | has no process type \"mailer\"",
                "{'name': 'data', 'path': '/data', 'writer': 'web', 'readers': ['web']} | 422 | name it once",
                "{'name': 'data', 'path': '/data', 'readers': []} | 422 | needs a process type",
                "{'name': 'taken', 'path': '/data'} | 409 | Choose another name",
                "{'name': 'data', 'path': '/taken'} | 409 | is at /taken in web already",
            })
    void whatCannotBeIsSaid(String body, int status, String sentence) {
        App app = given.app("storage");
        client.post(volumes(app), "{'name': 'taken', 'path': '/taken'}");
        Client.Answer answer = client.post(volumes(app), body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.detail()).contains(sentence);
    }
}
