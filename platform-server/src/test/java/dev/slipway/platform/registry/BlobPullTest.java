package dev.slipway.platform.registry;

import static dev.slipway.platform.registry.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobPullTest {
    /// One is copied, one is sent by the kernel.
    private static final List<Integer> SIZES = List.of(10_000, 5_000_000);

    @TempDir
    static Path home;

    private static RegistryServer server;
    private static Client client;

    @BeforeAll
    static void start() {
        server = RegistryServer.start(home);
        server.app("shop");
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aBlobMayBeKeptForEverAndIsNotSentAgain() {
        String path = "/v2/shop/blobs/" + client.push("shop", bytes(100));
        HttpResponse<byte[]> first = client.send("GET", path);
        assertThat(header(first, "Cache-Control")).contains("immutable");
        assertThat(header(first, "Content-Type")).isEqualTo("application/octet-stream");
        HttpResponse<byte[]> second = client.send("GET", path, "If-None-Match", header(first, "ETag"));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void partsOfABlobCanBeAskedFor() {
        for (int size : SIZES) {
            byte[] blob = bytes(size);
            String path = "/v2/shop/blobs/" + client.push("shop", blob);
            assertPart(path, "bytes=100-199", Arrays.copyOfRange(blob, 100, 200), "bytes 100-199/" + size);
            assertPart(path, "bytes=1-", Arrays.copyOfRange(blob, 1, size), "bytes 1-" + (size - 1) + "/" + size);
            assertPart(
                    path,
                    "bytes=-7",
                    Arrays.copyOfRange(blob, size - 7, size),
                    "bytes " + (size - 7) + "-" + (size - 1) + "/" + size);
            HttpResponse<byte[]> outside = client.send("GET", path, "Range", "bytes=" + size + "-");
            assertThat(outside.statusCode()).isEqualTo(416);
            assertThat(header(outside, "Content-Range")).isEqualTo("bytes */" + size);
            assertThat(client.send("GET", path, "Range", "bytes=0-1", "If-Range", "\"another\"")
                            .body())
                    .isEqualTo(blob);
        }
    }

    @Test
    void manyPullAtOnceOverConnectionsThatAreKept() throws Exception {
        byte[] blob = bytes(5_000_000);
        String path = "/v2/shop/blobs/" + client.push("shop", blob);
        Callable<byte[]> pull = () -> client.send("GET", path).body();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var body :
                    threads.invokeAll(Stream.generate(() -> pull).limit(40).toList())) {
                assertThat(Arrays.equals(body.get(), blob)).isTrue();
            }
        }
    }

    private static void assertPart(String path, String range, byte[] expected, String contentRange) {
        HttpResponse<byte[]> part = client.send("GET", path, "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range")).isEqualTo(contentRange);
        assertThat(part.body()).isEqualTo(expected);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random().nextBytes(bytes);
        return bytes;
    }
}
