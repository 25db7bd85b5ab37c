package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.images.Digest;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.registry.BlobStore;
import dev.slipway.db.releases.Release;
import dev.slipway.db.testing.StoredImage;
import dev.slipway.platform.testing.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whether a release can be gone back to is known before anybody tries.
class ReadyApiTest extends ApiTest {
    private static final String REPOSITORY = "/v2/%s/manifests/%s";

    @Test
    void aReleaseWhoseLayerIsGoneFromTheDiskIsntReadyAndSaysWhy() throws IOException {
        App app = given.app("layer");
        given.finish(
                given.claimedBuild(app),
                given.image(app).store("layer-config", "base", "only this app's " + app.name()));
        given.live(app);
        given.liveRelease(app);
        assertThat(release(app, 1).path("ready").asBoolean()).isTrue();
        assertThat(release(app, 1).path("rollbackKinds").valueStream().map(JsonNode::asString))
                .containsExactly("IMAGE_AND_CONFIG", "IMAGE");

        Digest layer = StoredImage.digest("only this app's " + app.name());
        Path file = StoredImage.file(home.registry(), layer);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);

        JsonNode broken = release(app, 1);
        assertThat(broken.path("ready").asBoolean()).isFalse();
        assertThat(broken.path("notReady").asString()).contains("damaged or missing on the registry's disk");
        assertThat(broken.path("rollbackKinds").isEmpty()).isTrue();
        Client.Answer refused = client.post(path(app) + "/releases/1/rollback", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("Can't roll back to release 1", "damaged or missing");
        assertThat(release(app, 2).path("ready").asBoolean()).isTrue();

        new BlobStore(database).damaged(layer); // as when somebody pulls it meanwhile
        Files.write(file, bytes); // the disk is back, or a backup was restored
        assertThat(release(app, 1).path("ready").asBoolean()).isTrue();
    }

    @Test
    void anImageThatIsntWholeCantBeReleasedByHandEither() throws IOException {
        App app = given.app("hand");
        given.finish(given.claimedBuild(app), given.image(app).store("hand-config", "only " + app.name()));
        given.live(app);
        given.liveRelease(app);
        Files.delete(StoredImage.file(home.registry(), StoredImage.digest("only " + app.name())));
        Client.Answer refused = client.post(path(app) + "/releases", "{'image': 1}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("Can't release image v1", "damaged or missing");
    }

    @Test
    void aFileThatWasCutShortIsntReadyEither() throws IOException {
        App app = given.app("cut");
        given.finish(given.claimedBuild(app), given.image(app).store("cut-config", "short of " + app.name()));
        given.live(app);
        Path file = StoredImage.file(home.registry(), StoredImage.digest("short of " + app.name()));
        Files.writeString(file, "short");
        assertThat(release(app, 1).path("notReady").asString()).contains("damaged");
    }

    @Test
    void withAnUnreadableConfigOnlyTheImageCanBeGoneBackTo() {
        App app = given.app("config");
        String path = path(app);
        client.send("PATCH", path + "/config", "{'TOKEN': 'one'}");
        given.liveRelease(app);
        given.liveRelease(app);
        byte[] sealedForAnother = new ConfigStore(database)
                .find(app.id(), 1)
                .orElseThrow()
                .sealed()
                .clone();
        sealedForAnother[sealedForAnother.length - 1] ^= 1;
        database.jdbc()
                .sql("UPDATE config_versions SET env = :env WHERE app_id = :app")
                .param("env", sealedForAnother)
                .param("app", app.id())
                .update();
        JsonNode broken = release(app, 1);
        assertThat(broken.path("notReady").asString()).contains("config (version 1) can't be decrypted");
        assertThat(broken.path("rollbackKinds").valueStream().map(JsonNode::asString))
                .containsExactly("IMAGE");
        assertThat(client.post(path + "/releases/1/rollback", "").detail())
                .contains("can't be decrypted", "Its image alone can be rolled back to");
    }

    @Test
    void whatIsLiveAlreadyIsRefusedUnderAnOlderNumberToo() {
        App app = given.app("same");
        String path = path(app);
        given.liveRelease(app);
        given.liveRelease(app);
        client.post(path + "/releases/1/rollback", "");
        given.live(app);
        assertThat(release(app, 1).path("rollbackRefusal").asString()).contains("are live already");
        assertThat(client.post(path + "/releases/1/rollback", "").detail())
                .isEqualTo(
                        "Can't roll back to release 1: the same image, config and process settings are live already.");
        client.send("PATCH", path + "/config", "{'A': '1'}");
        given.live(app);
        assertThat(client.post(path + "/releases/1/rollback", "{'kind': 'IMAGE'}")
                        .detail())
                .contains("image v1 is live already");
        assertThat(client.post(path + "/releases/1/rollback", "{'kind': 'IMAGE_AND_CONFIG'}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void noReleaseThatIsKeptIsEverNotReady() {
        App app = given.app("kept");
        for (int i = 0; i < 25; i++) {
            given.liveRelease(app);
        }
        client.post(path(app) + "/releases/3/rollback", "");
        Release back = given.live(app); // image 3 is old, but live

        List<Digest> digests = new ImageStore(database)
                .ofApp(app.id(), Integer.MAX_VALUE, 100).stream()
                        .map(image -> image.digest())
                        .toList();
        for (Digest digest : digests) {
            registry().delete(REPOSITORY.formatted(app.name(), digest));
            registry().delete("/v2/%s/blobs/%s".formatted(app.name(), StoredImage.digest("base")));
        }

        JsonNode releases = client.get(path(app) + "/releases?limit=100").json().path("items");
        List<Integer> ready = releases.valueStream()
                .filter(release -> release.path("ready").asBoolean())
                .map(release -> release.path("number").asInt())
                .toList();
        assertThat(ready).contains(back.number(), 3);
        assertThat(ready)
                .containsAll(
                        java.util.stream.IntStream.rangeClosed(6, 25).boxed().toList());
        assertThat(ready).doesNotContain(1, 2, 4, 5);
        assertThat(release(app, 1).path("rollbackRefusal").asString())
                .isEqualTo("its image isn't in the registry any more");
        Client.Answer refused = registry().delete(REPOSITORY.formatted(app.name(), digests.getFirst()));
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.body()).contains("DENIED", "the last 20 releases and images");
    }

    private Client registry() {
        return new Client(client.port()).basic("anybody", token);
    }

    private JsonNode release(App app, int number) {
        return client.get(path(app) + "/releases/" + number).json();
    }

    private static String path(App app) {
        return "/api/v1/apps/" + app.name();
    }
}
