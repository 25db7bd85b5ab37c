package dev.slipway.platform.registry;

import static dev.slipway.platform.registry.Client.header;
import static dev.slipway.platform.registry.Client.sha256;
import static dev.slipway.platform.registry.Client.sha512;
import static dev.slipway.platform.registry.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pushes that are cut off, continued, or written to by two at once.
class InterruptedPushTest {
    @TempDir
    Path home;

    private DatabaseSettings database;

    @BeforeEach
    void freshDatabase() {
        database = TestDatabase.fresh();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void anUploadGoesOnAfterARestartOfTheServer(String algorithm) {
        byte[] blob = bytes(700_000);
        String digest = algorithm.equals("sha256") ? sha256(blob) : sha512(blob);
        String location;
        try (RegistryServer before = start()) {
            before.app("shop");
            Client client = new Client(before.port());
            location = client.begin("shop");
            client.send("PATCH", location, Arrays.copyOf(blob, 300_000));
        }
        try (RegistryServer after = start()) {
            Client client = new Client(after.port());
            assertThat(header(client.send("GET", location), "Range")).isEqualTo("0-299999");
            byte[] rest = Arrays.copyOfRange(blob, 300_000, blob.length);
            assertThat(client.send("PUT", location + "?digest=" + digest, rest, "Content-Range", "300000-699999")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(client.send("GET", "/v2/shop/blobs/" + digest).body()).isEqualTo(blob);
        }
    }

    @Test
    void bytesLostInACrashAreFoundOutByTheDigest() throws Exception {
        byte[] blob = bytes(100_000);
        String location;
        try (RegistryServer before = start()) {
            before.app("shop");
            location = new Client(before.port()).begin("shop");
            new Client(before.port()).send("PATCH", location, blob);
        }
        // What a power cut may leave of a file that wasn't synced: its length without its bytes.
        Path file = Files.list(home.resolve("registry/uploads")).findFirst().orElseThrow();
        Files.write(file, new byte[blob.length]);
        try (RegistryServer after = start()) {
            HttpResponse<byte[]> put = new Client(after.port()).send("PUT", location + "?digest=" + sha256(blob));
            assertThat(put.statusCode()).isEqualTo(400);
            assertThat(text(put)).contains("DIGEST_INVALID");
            assertThat(new Client(after.port())
                            .send("HEAD", "/v2/shop/blobs/" + sha256(blob))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aBlobFileWithoutItsRowIsNotVisibleUntilItIsPushedAgain() throws Exception {
        byte[] blob = bytes(10_000);
        String hex = sha256(blob).substring("sha256:".length());
        try (RegistryServer server = start()) {
            server.app("shop");
            Client client = new Client(server.port());
            Path orphan = home.resolve("registry/blobs/sha256/" + hex.substring(0, 2) + "/" + hex);
            Files.createDirectories(orphan.getParent());
            Files.write(orphan, blob);
            assertThat(client.send("HEAD", "/v2/shop/blobs/" + sha256(blob)).statusCode())
                    .isEqualTo(404);
            client.push("shop", blob);
            assertThat(client.send("GET", "/v2/shop/blobs/" + sha256(blob)).body())
                    .isEqualTo(blob);
        }
    }

    @Test
    void whatCameBeforeTheConnectionBrokeIsKeptAndOnlyOneMayWrite() throws Exception {
        byte[] blob = bytes(50_000);
        try (RegistryServer server = start()) {
            server.app("shop");
            Client client = new Client(server.port());
            String location = client.begin("shop");
            try (Socket first = new Socket("127.0.0.1", server.port())) {
                sendPart(first.getOutputStream(), location, blob, 20_000);
                awaitSize(client, location, 20_000);
                HttpResponse<byte[]> second = client.send("PATCH", location, blob);
                assertThat(second.statusCode()).isEqualTo(409);
                assertThat(text(second)).contains("BLOB_UPLOAD_INVALID", "Another request is writing");
                assertThat(client.send("PUT", location + "?digest=" + sha256(blob))
                                .statusCode())
                        .isEqualTo(409);
            }
            byte[] rest = Arrays.copyOfRange(blob, 20_000, 50_000);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> client.send("PATCH", location, rest, "Content-Range", "20000-49999")
                                    .statusCode()
                            == 202);
            assertThat(client.send("PUT", location + "?digest=" + sha256(blob)).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void uploadsThatAreGivenUpAreRemovedAfterADayButNoneThatIsBeingWritten() throws Exception {
        byte[] blob = bytes(50_000);
        try (RegistryServer server = start()) {
            server.app("shop");
            Client client = new Client(server.port());
            String old = client.begin("shop");
            String young = client.begin("shop");
            String busy = client.begin("shop");
            age(old, Duration.ofHours(25));
            age(young, Duration.ofHours(23));
            try (Socket writer = new Socket("127.0.0.1", server.port())) {
                sendPart(writer.getOutputStream(), busy, blob, 20_000);
                awaitSize(client, busy, 20_000);
                age(busy, Duration.ofHours(25));
                assertThat(server.bean(Uploads.class).removeIdle()).isEqualTo(1);
            }
            assertThat(client.send("GET", old).statusCode()).isEqualTo(404);
            assertThat(client.send("GET", young).statusCode()).isEqualTo(204);
            assertThat(client.send("GET", busy).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void withoutItsDatabaseTheRegistrySaysSoAndClientsMayTryAgain() {
        try (RegistryServer server = start()) {
            server.app("shop");
            Client client = new Client(server.port());
            server.bean(dev.slipway.db.Database.class).close();
            HttpResponse<byte[]> response = client.send("GET", "/v2/shop/manifests/v1");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(text(response)).contains("UNAVAILABLE").doesNotContain("SQL", "Hikari");
        }
    }

    private RegistryServer start() {
        return RegistryServer.start(home, database, Map.of());
    }

    private static void sendPart(OutputStream out, String location, byte[] blob, int length) throws IOException {
        String head =
                "PATCH " + location + " HTTP/1.1\r\nHost: registry\r\nContent-Length: " + blob.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(blob, 0, length);
        out.flush();
    }

    private static void awaitSize(Client client, String location, int size) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> header(client.send("GET", location), "Range").equals("0-" + (size - 1)));
    }

    private void age(String location, Duration age) throws IOException {
        Path file =
                home.resolve("registry/uploads").resolve(location.substring(location.lastIndexOf('/') + 1) + "~shop");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random().nextBytes(bytes);
        return bytes;
    }
}
