package dev.slipway.platform.registry;

import static dev.slipway.platform.registry.Client.header;
import static dev.slipway.platform.registry.Client.sha256;
import static dev.slipway.platform.registry.Client.sha512;
import static dev.slipway.platform.registry.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobPushTest {
    @TempDir
    static Path home;

    private static RegistryServer server;
    private static Client client;
    private final Random random = new Random(7);

    @BeforeAll
    static void start() {
        server = RegistryServer.start(home);
        server.app("shop");
        server.app("blog");
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theBaseSaysThatItIsARegistry() {
        HttpResponse<byte[]> response = client.send("GET", "/v2/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        assertThat(text(response)).isEqualTo("{}");
    }

    @Test
    void aBlobPushedInOnePostIsThereByteForByte() throws Exception {
        byte[] blob = bytes(300_000);
        HttpResponse<byte[]> pushed = client.send(
                "POST", "/v2/shop/blobs/uploads/?digest=" + sha256(blob), blob, "Content-Type", Client.OCTETS);
        assertThat(pushed.statusCode()).isEqualTo(201);
        assertThat(header(pushed, "Location")).isEqualTo("/v2/shop/blobs/" + sha256(blob));
        assertPullable("shop", sha256(blob), blob);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aStreamWithoutLengthOrRangeIsTakenAsDockerSendsIt() {
        byte[] blob = bytes(1_000_000);
        String location = client.begin("shop");
        HttpResponse<byte[]> patched =
                client.send("PATCH", location, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blob)));
        assertThat(patched.statusCode()).isEqualTo(202);
        assertThat(header(patched, "Range")).isEqualTo("0-999999");
        assertThat(client.send("PUT", location + "?digest=" + sha256(blob)).statusCode())
                .isEqualTo(201);
        assertPullable("shop", sha256(blob), blob);
    }

    @Test
    void chunksMustComeInOrderAndTheAnswerTellsTheOffset() {
        byte[] blob = bytes(30_000);
        String location = client.begin("shop");
        assertThat(chunk("PATCH", location, blob, 0, 10_000).statusCode()).isEqualTo(202);
        HttpResponse<byte[]> early = chunk("PATCH", location, blob, 20_000, 30_000);
        assertThat(early.statusCode()).isEqualTo(416);
        assertThat(header(early, "Range")).isEqualTo("0-9999");
        assertThat(header(early, "Location")).isEqualTo(location);
        HttpResponse<byte[]> status = client.send("GET", location);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-9999");
        assertThat(chunk("PATCH", location, blob, 10_000, 20_000).statusCode()).isEqualTo(202);
        String end = location + "?digest=" + sha256(blob);
        assertThat(chunk("PUT", end, blob, 10_000, 20_000).statusCode()).isEqualTo(416);
        assertThat(chunk("PUT", end, blob, 20_000, 30_000).statusCode()).isEqualTo(201);
        assertPullable("shop", sha256(blob), blob);
    }

    @Test
    void aChunkThatIsNotAsLongAsItSaysIsRefused() {
        String location = client.begin("shop");
        HttpResponse<byte[]> response = client.send("PATCH", location, bytes(10), "Content-Range", "0-99");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).contains("SIZE_INVALID");
        assertThat(client.send("PATCH", location, bytes(10), "Content-Range", "nonsense")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void sha512WorksWithAndWithoutSayingSoFirst() {
        byte[] blob = bytes(5_000);
        for (String begin : List.of("/v2/shop/blobs/uploads/?digest-algorithm=sha512", "/v2/shop/blobs/uploads/")) {
            String location = header(client.send("POST", begin), "Location");
            assertThat(client.send("PATCH", location, blob).statusCode()).isEqualTo(202);
            HttpResponse<byte[]> put = client.send("PUT", location + "?digest=" + sha512(blob));
            assertThat(put.statusCode()).isEqualTo(201);
            assertThat(header(put, "Docker-Content-Digest")).isEqualTo(sha512(blob));
            assertPullable("shop", sha512(blob), blob);
        }
        assertThat(client.send("POST", "/v2/shop/blobs/uploads/?digest-algorithm=md5")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void bytesThatDoNotHashToTheirDigestAreThrownAway() throws Exception {
        byte[] blob = bytes(5_000);
        String wrong = sha256(bytes(10));
        String location = client.begin("shop");
        client.send("PATCH", location, blob);
        HttpResponse<byte[]> put = client.send("PUT", location + "?digest=" + wrong);
        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(text(put)).contains("DIGEST_INVALID", "5000 bytes", sha256(blob));
        assertThat(client.send("HEAD", "/v2/shop/blobs/" + wrong).statusCode()).isEqualTo(404);
        assertThat(client.send("GET", location).statusCode()).isEqualTo(404);
        assertThat(client.send("POST", "/v2/shop/blobs/uploads/?digest=" + wrong, blob)
                        .statusCode())
                .isEqualTo(400);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void theEmptyBlobIsABlob() {
        byte[] nothing = new byte[0];
        assertThat(client.push("shop", nothing)).isEqualTo(sha256(nothing));
        assertPullable("shop", sha256(nothing), nothing);
    }

    @Test
    void aFormContentTypeDoesNotEatTheBody() {
        byte[] blob = "a=b&c=d".getBytes(StandardCharsets.UTF_8);
        String form = "application/x-www-form-urlencoded";
        String location = client.begin("shop");
        assertThat(client.send("PUT", location + "?digest=" + sha256(blob), blob, "Content-Type", form)
                        .statusCode())
                .isEqualTo(201);
        assertThat(client.send("POST", "/v2/blog/blobs/uploads/?digest=" + sha256(blob), blob, "Content-Type", form)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aMountMakesAnotherRepositorysBlobVisibleWithoutMovingBytes() {
        byte[] blob = bytes(2_000);
        String digest = client.push("blog", blob);
        assertThat(client.send("HEAD", "/v2/shop/blobs/" + digest).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> mounted = client.send("POST", "/v2/shop/blobs/uploads/?mount=" + digest + "&from=blog");
        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(header(mounted, "Location")).isEqualTo("/v2/shop/blobs/" + digest);
        assertPullable("shop", digest, blob);
    }

    @Test
    void aMountThatCannotBeDoneBeginsAnUploadInstead() {
        String absent = sha256(bytes(77));
        for (String query : List.of(
                "?mount=" + absent + "&from=blog", "?mount=" + absent, "?mount=" + absent + "&from=..%2F..%2Fetc")) {
            HttpResponse<byte[]> response = client.send("POST", "/v2/shop/blobs/uploads/" + query);
            assertThat(response.statusCode()).as(query).isEqualTo(202);
            assertThat(client.send("DELETE", header(response, "Location")).statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void aCancelledUploadIsGone() throws Exception {
        String location = client.begin("shop");
        client.send("PATCH", location, bytes(100));
        assertThat(client.send("DELETE", location).statusCode()).isEqualTo(204);
        assertThat(client.send("GET", location).statusCode()).isEqualTo(404);
        assertThat(client.send("PATCH", location, bytes(100)).statusCode()).isEqualTo(404);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void anUploadBelongsToItsRepository() {
        String location = client.begin("shop");
        assertThat(client.send("GET", location.replace("/shop/", "/blog/")).statusCode())
                .isEqualTo(404);
        client.send("DELETE", location);
    }

    @Test
    void aPushToSomethingThatIsNoAppIsRefusedWithWhatToDo() {
        for (String repository : List.of("nobody", "library/shop", "v2")) {
            HttpResponse<byte[]> response = client.send("POST", "/v2/" + repository + "/blobs/uploads/");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(text(response)).contains("NAME_UNKNOWN", "Create the app first");
        }
    }

    @Test
    void manyClientsPushTheSameBlobAtOnceAndAllSucceed() throws Exception {
        byte[] blob = bytes(400_000);
        List<Callable<String>> pushes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String repository = i % 2 == 0 ? "shop" : "blog";
            pushes.add(() -> client.push(repository, blob));
        }
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (var push : threads.invokeAll(pushes)) {
                assertThat(push.get()).isEqualTo(sha256(blob));
            }
        }
        assertPullable("shop", sha256(blob), blob);
        assertPullable("blog", sha256(blob), blob);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aDamagedFileIsNeverSentAndAPushMendsIt() throws Exception {
        byte[] blob = bytes(100_000);
        String digest = client.push("shop", blob);
        Path file = home.resolve("registry/blobs/sha256/" + digest.substring(7, 9) + "/" + digest.substring(7));
        Files.write(file, Arrays.copyOf(blob, 50));
        HttpResponse<byte[]> broken = client.send("GET", "/v2/shop/blobs/" + digest);
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(text(broken)).contains("damaged");
        assertThat(client.send("HEAD", "/v2/shop/blobs/" + digest).statusCode()).isEqualTo(404);
        assertThat(client.send("POST", "/v2/blog/blobs/uploads/?mount=" + digest + "&from=shop")
                        .statusCode())
                .isEqualTo(202);
        client.push("shop", blob);
        assertPullable("shop", digest, blob);
    }

    @Test
    void aDeletedBlobIsGoneAtOnceFromThatRepositoryOnly() {
        byte[] blob = bytes(1_234);
        String digest = client.push("shop", blob);
        client.push("blog", blob);
        assertThat(client.send("DELETE", "/v2/shop/blobs/" + digest).statusCode())
                .isEqualTo(202);
        assertThat(client.send("HEAD", "/v2/shop/blobs/" + digest).statusCode()).isEqualTo(404);
        assertThat(client.send("DELETE", "/v2/shop/blobs/" + digest).statusCode())
                .isEqualTo(404);
        assertPullable("blog", digest, blob);
    }

    @Test
    void pathsThatLeadAstrayNameNothing() {
        for (String path : List.of(
                "/v2/shop/blobs/sha256:..%2f..%2f..%2fetc%2fpasswd",
                "/v2/shop/blobs/sha256:abc",
                "/v2/shop/blobs/uploads/..%2Fx",
                "/v2/SHOP/blobs/" + sha256(new byte[0]),
                "/v2/shop/blobs/uploads/" + "a".repeat(36),
                "/v2/shop",
                "/v2/shop/%zz/x")) {
            HttpResponse<byte[]> response = client.send("GET", path.replace("%zz", "zz"));
            assertThat(response.statusCode()).as(path).isBetween(400, 404);
        }
        assertThat(client.send("PATCH", "/v2/").statusCode()).isEqualTo(405);
        assertThat(header(client.send("PUT", "/v2/shop/tags/list"), "Allow")).isEqualTo("GET");
    }

    private HttpResponse<byte[]> chunk(String method, String location, byte[] blob, int from, int to) {
        return client.send(
                method, location, Arrays.copyOfRange(blob, from, to), "Content-Range", from + "-" + (to - 1));
    }

    private static void assertPullable(String repository, String digest, byte[] blob) {
        HttpResponse<byte[]> head = client.send("HEAD", "/v2/" + repository + "/blobs/" + digest);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(blob.length));
        assertThat(header(head, "Docker-Content-Digest")).isEqualTo(digest);
        HttpResponse<byte[]> get = client.send("GET", "/v2/" + repository + "/blobs/" + digest);
        assertThat(get.statusCode()).isEqualTo(200);
        assertThat(get.body()).isEqualTo(blob);
    }

    private static List<Path> unfinished() throws Exception {
        try (var files = Files.list(home.resolve("registry/uploads"))) {
            return files.filter(file -> !file.toString().isEmpty())
                    .filter(BlobPushTest::hasBytes)
                    .toList();
        }
    }

    private static boolean hasBytes(Path file) {
        return file.toFile().length() > 0;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
