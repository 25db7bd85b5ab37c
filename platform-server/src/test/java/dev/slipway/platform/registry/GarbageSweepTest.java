package dev.slipway.platform.registry;

import static dev.slipway.platform.registry.Client.sha256;
import static dev.slipway.platform.registry.Client.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.Database;
import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.GarbageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which images of apps are kept is `RetentionTest`'s.
class GarbageSweepTest {
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    static Path home;

    private static RegistryServer server;
    private static Client client;
    private static int apps;

    private String app = "";

    @BeforeAll
    static void start() {
        server = RegistryServer.start(home);
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void newApp() throws IOException {
        sweep(Duration.ZERO);
        sweep(Duration.ZERO); // what was in the trash
        app = "shop-" + ++apps;
        server.app(app);
    }

    private static void sweep(Duration grace) throws IOException {
        server.bean(GarbageSweep.class).run(grace, Duration.ZERO);
    }

    @Test
    void whatATagNamesStaysWithAllThatItNeedsAndTheRestGoesFromTheDisk() throws IOException {
        String kept = image("a layer", "");
        client.putManifest(app, "mine", kept);
        String child = image("child's", "");
        client.putManifest(app, digest(child), child);
        client.putManifest(app, "both", index(child));
        String signature = image(
                "signature", "\"subject\":{\"mediaType\":\"a/b\",\"digest\":\"" + digest(kept) + "\",\"size\":1},");
        client.putManifest(app, digest(signature), signature);
        String moved = image("moved", "");
        client.putManifest(app, "latest", moved);
        client.putManifest(app, "latest", kept);
        String gone = image("gone", "");
        client.putManifest(app, digest(gone), gone);
        String goneIndex = index(gone);
        client.putManifest(app, digest(goneIndex), goneIndex);
        String loose = client.push(app, bytes("to no manifest"));

        sweep(Duration.ZERO);

        for (String manifest : List.of(kept, child, index(child), signature)) {
            assertThat(status("manifests", digest(manifest))).isEqualTo(200);
        }
        for (String layer : List.of("a layer", "child's", "signature")) {
            assertThat(status("blobs", digest(layer))).isEqualTo(200);
        }
        for (String manifest : List.of(moved, gone, goneIndex)) {
            assertThat(status("manifests", digest(manifest))).isEqualTo(404);
        }
        for (String blob : List.of(digest("moved"), digest("gone"), loose)) {
            assertThat(status("blobs", blob)).isEqualTo(404);
            assertThat(inBlobs(blob)).doesNotExist();
            assertThat(inTrash(blob)).exists();
        }
        sweep(Duration.ZERO);
        assertThat(trash()).isEmpty();

        client.send("DELETE", "/v2/" + app + "/manifests/" + digest(kept));
        sweep(Duration.ZERO);
        assertThat(status("manifests", digest(signature))).isEqualTo(404);
        assertThat(status("blobs", digest("signature"))).isEqualTo(404);
    }

    @Test
    void aBlobThatAnotherAppNeedsStays() throws IOException {
        String other = app + "-too";
        server.app(other);
        image("shared", "");
        String shared = digest("shared");
        client.send("POST", "/v2/" + other + "/blobs/uploads/?mount=" + shared + "&from=" + app);
        client.push(other, CONFIG);
        client.putManifest(other, "mine", manifest("shared", ""));
        sweep(Duration.ZERO);
        assertThat(status("blobs", shared)).isEqualTo(404);
        assertThat(client.send("GET", "/v2/" + other + "/blobs/" + shared).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatSomebodyHasPushedOrAskedForLatelyStays() throws IOException {
        String manifest = image("lately", "");
        client.putManifest(app, digest(manifest), manifest);
        String blob = client.push(app, bytes("lately too"));
        sweep(DAY);
        assertThat(status("blobs", blob)).isEqualTo(200);
        assertThat(status("manifests", digest(manifest))).isEqualTo(200);

        agedBy("2 days");
        assertThat(client.send("HEAD", "/v2/" + app + "/blobs/" + blob).statusCode())
                .isEqualTo(200);
        assertThat(client.send("HEAD", "/v2/" + app + "/manifests/" + digest(manifest))
                        .statusCode())
                .isEqualTo(200);
        sweep(DAY);
        assertThat(status("blobs", blob)).isEqualTo(200);
        assertThat(status("manifests", digest(manifest))).isEqualTo(200);

        agedBy("2 days");
        assertThat(client.putManifest(app, digest(manifest), manifest).statusCode())
                .isEqualTo(201);
        sweep(DAY);
        assertThat(inBlobs(blob)).doesNotExist();
        assertThat(status("manifests", digest(manifest))).isEqualTo(200);

        agedBy("2 days");
        sweep(DAY);
        assertThat(status("manifests", digest(manifest))).isEqualTo(404);
    }

    @Test
    void aPushThatCommitsBeforeTheFileIsThrownAwayGetsItBack() throws IOException {
        Digest blob = forgotten("before");
        client.push(app, bytes("before"));
        server.bean(GarbageSweep.class).discard(List.of(blob));
        assertThat(text(client.send("GET", "/v2/" + app + "/blobs/" + blob))).isEqualTo("before");
    }

    @Test
    void aPushThatCommitsAfterTheFileIsThrownAwayTakesItBack() throws Exception {
        Digest blob = forgotten("after");
        Files.delete(inBlobs(blob.value()));
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<String> push = server.bean(Database.class).inTransaction(() -> {
                row(blob, 5); // not committed, so the push waits between its file and its row
                Future<String> waiting = threads.submit(() -> client.push(app, bytes("after")));
                await().until(() -> Files.exists(inBlobs(blob.value())));
                discard(blob);
                unrow(blob);
                return waiting;
            });
            assertThat(push.get()).isEqualTo(blob.value());
        }
        assertThat(text(client.send("GET", "/v2/" + app + "/blobs/" + blob))).isEqualTo("after");
    }

    @Test
    void whatLiesInTheTrashAndHasARowAfterACrashComesBack() throws IOException {
        Digest blob = forgotten("crash");
        server.bean(BlobFiles.class).discard(blob);
        row(blob, 5);
        sweep(DAY);
        assertThat(inBlobs(blob.value())).hasContent("crash");
        assertThat(trash()).isEmpty();
    }

    /// A blob that garbage collection has just forgotten, and whose file is still there.
    private Digest forgotten(String content) {
        Digest blob = new Digest(client.push(app, bytes(content)));
        GarbageStore garbage = new GarbageStore(server.bean(Database.class));
        garbage.removeFromRepositories(Duration.ZERO);
        assertThat(garbage.removeBlobs(Duration.ZERO)).extracting("digest").contains(blob);
        return blob;
    }

    private static void discard(Digest blob) {
        try {
            server.bean(BlobFiles.class).discard(blob);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(Digest blob, int size) {
        server.bean(Database.class)
                .jdbc()
                .sql("INSERT INTO registry_blobs (digest, size) VALUES (:digest, :size)")
                .param("digest", blob.value())
                .param("size", size)
                .update();
    }

    private static void unrow(Digest blob) {
        server.bean(Database.class)
                .jdbc()
                .sql("DELETE FROM registry_blobs WHERE digest = :digest")
                .param("digest", blob.value())
                .update();
    }

    @Test
    void whoeverReadsWhatLiesInTheTrashGetsItBack() throws IOException {
        Digest blob = forgotten("read");
        row(blob, 4);
        server.bean(Database.class)
                .jdbc()
                .sql("INSERT INTO registry_repository_blobs (repository, digest) VALUES (:app, :digest)")
                .param("app", app)
                .param("digest", blob.value())
                .update();
        server.bean(BlobFiles.class).discard(blob);
        assertThat(text(client.send("GET", "/v2/" + app + "/blobs/" + blob))).isEqualTo("read");
        assertThat(trash()).isEmpty();
    }

    @Test
    void whatWasPushedAgainIsThereOnce() throws IOException {
        Digest blob = forgotten("twice");
        server.bean(BlobFiles.class).discard(blob);
        client.push(app, bytes("twice"));
        sweep(DAY);
        assertThat(inBlobs(blob.value())).hasContent("twice");
        assertThat(trash()).isEmpty();
    }

    @Test
    void withTheWrongDatabaseNothingIsThrownAway(@TempDir Path home) throws IOException {
        String blob;
        try (RegistryServer before = RegistryServer.start(home)) {
            before.app("shop");
            blob = new Client(before.port()).push("shop", bytes("left alone"));
        }
        try (RegistryServer empty = RegistryServer.start(home)) {
            empty.bean(GarbageSweep.class).run(Duration.ZERO, Duration.ZERO);
            assertThat(empty.bean(BlobFiles.class).path(new Digest(blob))).hasContent("left alone");
        }
    }

    @Test
    void filesWithoutARowAreTakenAwayAndThoseOfOthersLeftAlone() throws IOException {
        client.putManifest(app, "mine", image("not crashed", ""));
        String blob = client.push(app, bytes("crashed"));
        unrow(new Digest(blob));
        Path stranger = inBlobs(blob).resolveSibling("README");
        Files.writeString(stranger, "not a blob");
        sweep(DAY);
        assertThat(inBlobs(blob)).exists();
        sweep(Duration.ZERO);
        assertThat(inBlobs(blob)).doesNotExist();
        assertThat(stranger).exists();
        Files.delete(stranger);
    }

    @Test
    void pushesAndCollectionsAtOnceNeverLeaveABlobWithoutItsFile() throws Exception {
        AtomicBoolean pushing = new AtomicBoolean(true);
        Callable<Void> pushes = () -> {
            for (int i = 0; i < 200; i++) {
                client.push(app, bytes("contested " + i % 3));
            }
            return null;
        };
        Callable<Void> collections = () -> {
            while (pushing.get()) {
                server.bean(GarbageSweep.class).run(Duration.ZERO, DAY);
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Future<Void> collecting = threads.submit(collections);
            List<Future<Void>> both = List.of(threads.submit(pushes), threads.submit(pushes));
            try {
                for (Future<Void> each : both) {
                    each.get();
                }
            } finally {
                pushing.set(false);
            }
            collecting.get();
        }
        for (String digest : server.bean(Database.class)
                .jdbc()
                .sql("SELECT digest FROM registry_blobs")
                .query(String.class)
                .list()) {
            assertThat(inBlobs(digest)).exists();
        }
    }

    private static void agedBy(String interval) {
        for (String table : List.of("registry_blobs", "registry_manifests")) {
            server.bean(Database.class)
                    .jdbc()
                    .sql("UPDATE " + table + " SET touched_at = touched_at - :interval::interval")
                    .param("interval", interval)
                    .update();
        }
    }

    private int status(String what, String digest) {
        return client.send("GET", "/v2/" + app + "/" + what + "/" + digest).statusCode();
    }

    private static Path inBlobs(String digest) {
        return server.bean(BlobFiles.class).path(new Digest(digest));
    }

    private static Path inTrash(String digest) {
        return home.resolve("registry/trash").resolve(digest.replace(":", "-"));
    }

    private static List<Path> trash() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("registry/trash"))) {
            return files.toList();
        }
    }

    /// Pushes config and layer; returns the manifest.
    private String image(String layer, String fields) {
        client.push(app, CONFIG);
        client.push(app, bytes(layer));
        return manifest(layer, fields);
    }

    private static String manifest(String layer, String fields) {
        return """
               {"schemaVersion":2, %s"mediaType":"%s",\
               "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},\
               "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}""".formatted(fields, Client.IMAGE, sha256(CONFIG), digest(layer), bytes(layer).length);
    }

    private static String index(String child) {
        return """
               {"schemaVersion":2, "mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(Client.INDEX, Client.IMAGE, digest(child), bytes(child).length);
    }

    private static String digest(String text) {
        return sha256(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
