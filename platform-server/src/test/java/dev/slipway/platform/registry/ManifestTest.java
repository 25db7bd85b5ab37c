package dev.slipway.platform.registry;

import static dev.slipway.platform.registry.Client.header;
import static dev.slipway.platform.registry.Client.sha256;
import static dev.slipway.platform.registry.Client.sha512;
import static dev.slipway.platform.registry.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LAYER = "a layer".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path home;

    private static RegistryServer server;
    private static Client client;
    private static App shop;

    @BeforeAll
    static void start() {
        server = RegistryServer.start(home);
        shop = server.app("shop");
        server.app("empty");
        client = new Client(server.port());
        client.push("shop", CONFIG);
        client.push("shop", LAYER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aManifestComesBackByteForByteByTagAndByDigest() {
        String manifest = image("\"unknown field\": 1.50e0 , ").replace(",", " ,\n ");
        HttpResponse<byte[]> put = client.putManifest("shop", "exact", manifest);
        String digest = digest(manifest);
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "Docker-Content-Digest")).isEqualTo(digest);
        assertThat(header(put, "Location")).isEqualTo("/v2/shop/manifests/" + digest);
        for (String reference : List.of("exact", digest)) {
            HttpResponse<byte[]> get = client.send("GET", "/v2/shop/manifests/" + reference);
            assertThat(get.statusCode()).isEqualTo(200);
            assertThat(text(get)).isEqualTo(manifest);
            assertThat(header(get, "Content-Type")).isEqualTo(Client.IMAGE);
            HttpResponse<byte[]> head = client.send("HEAD", "/v2/shop/manifests/" + reference);
            assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(manifest.length()));
            assertThat(header(head, "Docker-Content-Digest")).isEqualTo(digest);
            assertThat(client.send("GET", "/v2/shop/manifests/" + reference, "If-None-Match", header(get, "ETag"))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void aManifestByDigestMustHashToIt() {
        String manifest = image("\"a\": 1, ");
        assertThat(client.putManifest("shop", digest(manifest), manifest).statusCode())
                .isEqualTo(201);
        assertThat(text(client.putManifest("shop", digest("other"), manifest)))
                .contains("DIGEST_INVALID", digest(manifest));
        assertThat(client.putManifest("shop", "sha256:baddigeststring", manifest)
                        .statusCode())
                .isEqualTo(400);
        String long512 = sha512(manifest.getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> put = client.putManifest("shop", long512 + "?tag=one&tag=two", manifest);
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(put.headers().allValues("OCI-Tag")).containsExactly("one", "two");
        assertThat(header(client.send("HEAD", "/v2/shop/manifests/two"), "Docker-Content-Digest"))
                .isEqualTo(long512);
    }

    @Test
    void whatAManifestRefersToMustBeThereWithTheSizeItSays() {
        String absent = sha256("nowhere".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> missing =
                client.putManifest("shop", "missing", image("").replace(sha256(LAYER), absent));
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(text(missing)).contains("MANIFEST_BLOB_UNKNOWN", absent);
        HttpResponse<byte[]> wrongSize =
                client.putManifest("shop", "wrong", image("").replace("\"size\":7", "\"size\":8"));
        assertThat(wrongSize.statusCode()).isEqualTo(400);
        assertThat(text(wrongSize)).contains("has 8 bytes, but it has 7");
        assertThat(text(client.putManifest("shop", "index", index(absent, 5, ""))))
                .contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(client.send("GET", "/v2/shop/manifests/missing").statusCode())
                .isEqualTo(404);
        String foreign = image("")
                .replace("image.layer.v1.tar", "image.layer.nondistributable.v1.tar")
                .replace(sha256(LAYER), absent);
        assertThat(client.putManifest("shop", "foreign", foreign).statusCode()).isEqualTo(201);
    }

    @Test
    void nonsenseIsRefusedWithTheReason() {
        assertThat(text(client.putManifest("shop", "x", "not json")))
                .contains("MANIFEST_INVALID", "isn't well-formed JSON");
        assertThat(text(client.putManifest("shop", "x", "{\"schemaVersion\":1}")))
                .contains("schemaVersion 2");
        assertThat(text(client.putManifest("shop", "x", image("\"manifests\": [], "))))
                .contains("MANIFEST_INVALID");
        assertThat(text(client.putManifest("shop", "x", image("\"a\":1,\"a\":2, "))))
                .contains("MANIFEST_INVALID");
        assertThat(text(client.putManifest("shop", "x", "[".repeat(5_000)))).contains("MANIFEST_INVALID");
        assertThat(text(client.send("PUT", "/v2/shop/manifests/x", bytes(image("")), "Content-Type", "text/html")))
                .contains("was sent as text/html");
        assertThat(client.putManifest("shop", "-no-tag", image("")).statusCode())
                .isEqualTo(400);
        assertThat(text(client.putManifest("stranger", "x", image(""))))
                .contains("NAME_UNKNOWN", "Create the app first");
    }

    @Test
    void fourMebibytesAreTakenAndNotAByteMore() {
        String padding = "\"annotations\": {\"a\": \"%s\"}, ";
        int frame = image(padding.formatted("")).length();
        String largest = image(padding.formatted("x".repeat(4 * 1024 * 1024 - frame)));
        assertThat(client.putManifest("shop", "largest", largest).statusCode()).isEqualTo(201);
        assertThat(text(client.send("GET", "/v2/shop/manifests/largest"))).isEqualTo(largest);
        assertThat(client.putManifest("shop", "larger", largest + " ").statusCode())
                .isEqualTo(413);
    }

    @Test
    void tagsMoveAndAreDeletedOneByOne() {
        String first = image("\"b\": 1, ");
        String second = image("\"b\": 2, ");
        client.putManifest("shop", "moves", first);
        client.putManifest("shop", "stays", first);
        client.putManifest("shop", "moves", second);
        assertThat(header(client.send("HEAD", "/v2/shop/manifests/moves"), "Docker-Content-Digest"))
                .isEqualTo(digest(second));
        assertThat(client.send("DELETE", "/v2/shop/manifests/moves").statusCode())
                .isEqualTo(202);
        assertThat(client.send("DELETE", "/v2/shop/manifests/moves").statusCode())
                .isEqualTo(404);
        assertThat(client.send("GET", "/v2/shop/manifests/stays").statusCode()).isEqualTo(200);
        assertThat(client.send("DELETE", "/v2/shop/manifests/" + digest(first)).statusCode())
                .isEqualTo(202);
        assertThat(client.send("GET", "/v2/shop/manifests/stays").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsReferredToCannotBeDeleted() {
        String manifest = image("\"c\": 1, ");
        client.putManifest("shop", "child", manifest);
        HttpResponse<byte[]> blob = client.send("DELETE", "/v2/shop/blobs/" + sha256(LAYER));
        assertThat(blob.statusCode()).isEqualTo(405);
        assertThat(text(blob)).contains("DENIED", "refers to this blob");
        String index = index(digest(manifest), manifest.length(), "");
        assertThat(client.putManifest("shop", "parent", index).statusCode()).isEqualTo(201);
        assertThat(client.send("DELETE", "/v2/shop/manifests/" + digest(manifest))
                        .statusCode())
                .isEqualTo(405);
        assertThat(client.send("DELETE", "/v2/shop/manifests/" + digest(index)).statusCode())
                .isEqualTo(202);
        assertThat(client.send("DELETE", "/v2/shop/manifests/" + digest(manifest))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aVersionOfTheAppsImageCannotBeDeletedNorItsTagMoved() {
        String manifest = image("\"d\": 1, ");
        client.putManifest("shop", "v1", manifest);
        Database database = server.bean(Database.class);
        database.jdbc()
                .sql("""
                WITH build AS (
                  INSERT INTO builds (app_id, number, cause, branch, commit_id, commit_author, commit_message, committed_at, requested_by)
                  VALUES (:app, 1, 'PUSH', 'main', 'c', 'a', 'm', now(), 'u') RETURNING id)
                INSERT INTO images (app_id, version, build_id, digest, image_id, size_bytes)
                SELECT :app, 1, id, :digest, :digest, 1 FROM build""")
                .param("app", shop.id())
                .param("digest", digest(manifest))
                .update();
        assertThat(text(client.send("DELETE", "/v2/shop/manifests/" + digest(manifest))))
                .contains("kept so that the app can be rolled back to it");
        assertThat(client.send("DELETE", "/v2/shop/manifests/v1").statusCode()).isEqualTo(405);
        String another = image("\"e\": 1, ");
        HttpResponse<byte[]> moved = client.putManifest("shop", "v1", another);
        assertThat(moved.statusCode()).isEqualTo(403);
        assertThat(text(moved)).contains("DENIED", "The tag v1 stays");
        assertThat(client.putManifest("shop", "v1", manifest).statusCode()).isEqualTo(201);
        assertThat(client.putManifest("shop", "v2", another).statusCode()).isEqualTo(201);
        assertThat(header(client.send("HEAD", "/v2/shop/manifests/v1"), "Docker-Content-Digest"))
                .isEqualTo(digest(manifest));
    }

    @Test
    void tagsAreListedInByteOrderPageByPage() {
        RegistryServer own = server;
        own.app("lists");
        client.push("lists", CONFIG);
        client.push("lists", LAYER);
        List<String> tags = List.of("B", "_a", "a", "a.1", "b", "b-2", "b10");
        for (String tag : tags.reversed()) {
            client.putManifest("lists", tag, image(""));
        }
        assertThat(text(client.send("GET", "/v2/lists/tags/list")))
                .isEqualTo("{\"name\":\"lists\",\"tags\":[\"B\",\"_a\",\"a\",\"a.1\",\"b\",\"b-2\",\"b10\"]}");
        List<String> seen = new ArrayList<>();
        String next = "/v2/lists/tags/list?n=3";
        while (!next.isEmpty()) {
            HttpResponse<byte[]> page = client.send("GET", next);
            seen.add(text(page).replaceFirst(".*\\[", "["));
            next = header(page, "Link").replaceFirst("<(.*)>; rel=\"next\"", "$1");
        }
        assertThat(seen).containsExactly("[\"B\",\"_a\",\"a\"]}", "[\"a.1\",\"b\",\"b-2\"]}", "[\"b10\"]}");
        assertThat(text(client.send("GET", "/v2/lists/tags/list?n=0"))).endsWith("\"tags\":[]}");
        assertThat(text(client.send("GET", "/v2/lists/tags/list?last=b"))).endsWith("\"tags\":[\"b-2\",\"b10\"]}");
        assertThat(text(client.send("GET", "/v2/empty/tags/list"))).endsWith("\"tags\":[]}");
        assertThat(client.send("GET", "/v2/stranger/tags/list").statusCode()).isEqualTo(404);
        assertThat(client.send("GET", "/v2/lists/tags/list?n=x").statusCode()).isEqualTo(400);
        assertThat(text(client.send("GET", "/v2/_catalog?n=1"))).isEqualTo("{\"repositories\":[\"lists\"]}");
        assertThat(text(client.send("GET", "/v2/_catalog?n=1&last=lists"))).doesNotContain("empty");
    }

    @Test
    void referrersAreFoundBySubjectEvenBeforeItIsPushed() {
        String subject = digest("comes later");
        assertThat(text(client.send("GET", "/v2/shop/referrers/" + subject))).contains("\"manifests\":[]");
        String field =
                "\"subject\": {\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}, ".formatted(Client.IMAGE, subject);
        String signature =
                image(field + "\"artifactType\": \"application/signature\", \"annotations\": {\"by\": \"me\"}, ");
        String sbom = image(field);
        HttpResponse<byte[]> put = client.putManifest("shop", digest(signature), signature);
        assertThat(header(put, "OCI-Subject")).isEqualTo(subject);
        client.putManifest("shop", digest(sbom), sbom);
        HttpResponse<byte[]> all = client.send("GET", "/v2/shop/referrers/" + subject);
        assertThat(header(all, "Content-Type")).isEqualTo(Client.INDEX);
        assertThat(text(all))
                .contains(
                        digest(signature),
                        digest(sbom),
                        "\"artifactType\":\"application/vnd.oci.image.config.v1+json\"");
        HttpResponse<byte[]> some =
                client.send("GET", "/v2/shop/referrers/" + subject + "?artifactType=application/signature");
        assertThat(header(some, "OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(text(some))
                .contains(digest(signature), "\"annotations\":{\"by\":\"me\"}")
                .doesNotContain(digest(sbom));
        client.send("DELETE", "/v2/shop/manifests/" + digest(signature));
        assertThat(text(client.send("GET", "/v2/shop/referrers/" + subject))).doesNotContain(digest(signature));
        assertThat(client.send("GET", "/v2/shop/referrers/sha256:x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void longListsOfReferrersComePageByPage() {
        String subject = digest("popular");
        String large = "\"note\": \"" + "x".repeat(900_000) + "\", ";
        String field = "\"subject\": {\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}, \"artifactType\": \"a/b\", "
                .formatted(Client.IMAGE, subject);
        for (int i = 0; i < 7; i++) {
            String manifest = image(field + large + "\"i\": " + i + ", ");
            assertThat(client.putManifest("shop", digest(manifest), manifest).statusCode())
                    .isEqualTo(201);
        }
        HttpResponse<byte[]> first = client.send("GET", "/v2/shop/referrers/" + subject + "?artifactType=a/b");
        String next = header(first, "Link").replaceFirst("<(.*)>; rel=\"next\"", "$1");
        assertThat(next).contains("artifactType=a%2Fb");
        HttpResponse<byte[]> second = client.send("GET", next);
        assertThat(header(second, "Link")).isEmpty();
        assertThat((text(first) + text(second)).split("\"digest\"", -1)).hasSize(1 + 7);
    }

    @Test
    void aManifestAndADeletionOfItsLayerAtOnceNeverLeaveATornImage() throws Exception {
        for (int round = 0; round < 25; round++) {
            byte[] layer = ("contested " + round).getBytes(StandardCharsets.UTF_8);
            String digest = client.push("shop", layer);
            String manifest = image("\"round\": " + round + ", ")
                    .replace(sha256(LAYER), digest)
                    .replace("\"size\":7", "\"size\":" + layer.length);
            String tag = "contested-" + round;
            Callable<Integer> put =
                    () -> client.putManifest("shop", tag, manifest).statusCode();
            Callable<Integer> delete =
                    () -> client.send("DELETE", "/v2/shop/blobs/" + digest).statusCode();
            try (var threads = Executors.newFixedThreadPool(2)) {
                var both = threads.invokeAll(round % 2 == 0 ? List.of(put, delete) : List.of(delete, put));
                assertThat(List.of(both.get(0).get(), both.get(1).get())).containsAnyOf(400, 405);
            }
            if (client.send("GET", "/v2/shop/manifests/" + tag).statusCode() == 200) {
                assertThat(client.send("GET", "/v2/shop/blobs/" + digest).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void anAppsRepositoryEndsWithTheAppAndTheNextOfItsNameBeginsEmpty() {
        App first = server.app("phoenix");
        client.push("phoenix", CONFIG);
        client.push("phoenix", LAYER);
        client.putManifest("phoenix", "v1", image(""));
        assertThat(server.bean(AppStore.class).delete(first.id())).isTrue();
        assertThat(client.send("GET", "/v2/phoenix/manifests/v1").statusCode()).isEqualTo(404);
        assertThat(client.send("GET", "/v2/phoenix/tags/list").statusCode()).isEqualTo(404);
        server.app("phoenix");
        assertThat(text(client.send("GET", "/v2/phoenix/tags/list"))).endsWith("\"tags\":[]}");
        assertThat(client.send("HEAD", "/v2/phoenix/blobs/" + sha256(LAYER)).statusCode())
                .isEqualTo(404);
        assertThat(client.send("HEAD", "/v2/shop/blobs/" + sha256(LAYER)).statusCode())
                .isEqualTo(200);
    }

    private static String image(String fields) {
        return """
               {"schemaVersion":2, %s"mediaType":"%s",\
               "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},\
               "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":7}]}""".formatted(fields, Client.IMAGE, sha256(CONFIG), sha256(LAYER));
    }

    private static String index(String child, int size, String fields) {
        return """
               {"schemaVersion":2, %s"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(fields, Client.INDEX, Client.IMAGE, child, size);
    }

    private static String digest(String text) {
        return sha256(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
