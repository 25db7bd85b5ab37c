package dev.slipway.platform.registry;

import static dev.slipway.platform.registry.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The registry on a file system of 40 MiB with a reserve of 4 MiB: pushes are refused in time and with
/// figures, pulls go on.
class DiskFullTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    static Path directory;

    private static Path home;
    private static RegistryServer server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        home = Files.createDirectory(directory.resolve("small"));
        int mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=40m", "slipway-test", home.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(mounted)
                .as(
                        "This test mounts a tmpfs of 40 MiB, for which it must run as root (or in a user namespace: unshare -rm)")
                .isZero();
        server = RegistryServer.start(home, TestDatabase.fresh(), Map.of("SLIPWAY_REGISTRY_RESERVE_MB", "4"));
        server.app("shop");
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        new ProcessBuilder("umount", home.toString()).inheritIO().start().waitFor();
    }

    @BeforeEach
    void empty() throws Exception {
        Files.deleteIfExists(home.resolve("ballast"));
    }

    @Test
    void aFullDiskRefusesPushesAtTheFirstRequestAndServesPulls() throws Exception {
        byte[] blob = bytes(MIB);
        String digest = client.push("shop", blob);
        fillUpTo(3 * MIB);
        HttpResponse<byte[]> refused = client.send("POST", "/v2/shop/blobs/uploads/");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(text(refused)).contains("\"DENIED\"", "3.0 MiB are free, of which 4.0 MiB are kept in reserve");
        assertThat(client.send("GET", "/v2/shop/blobs/" + digest).body()).isEqualTo(blob);
        assertThat(client.send("POST", "/v2/shop/blobs/uploads/?mount=" + digest + "&from=shop")
                        .statusCode())
                .isEqualTo(201);
        fillUpTo(20 * MIB);
        assertThat(client.send("POST", "/v2/shop/blobs/uploads/").statusCode()).isEqualTo(202);
    }

    @Test
    void aBlobThatCannotFitIsRefusedBeforeItsBytesAreTaken() throws Exception {
        fillUpTo(10 * MIB);
        String location = client.begin("shop");
        HttpResponse<byte[]> refused = client.send("PATCH", location, bytes(8 * MIB));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aStreamThatUsesUpTheRoomIsCutOffAtTheReserveAndItsPartDeleted() throws Exception {
        fillUpTo(20 * MIB);
        byte[] blob = bytes(24 * MIB);
        String location = client.begin("shop");
        HttpResponse<byte[]> refused =
                client.send("PATCH", location, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blob)));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(text(refused)).contains("Nothing was stored");
        assertThat(unfinished()).isEmpty();
        assertThat(home.toFile().getUsableSpace()).isGreaterThanOrEqualTo(19 * MIB);
        assertThat(client.send("GET", location).statusCode()).isEqualTo(404);
    }

    @Test
    void whenTheLastByteIsGoneTheWriteFailsAsFullDiskToo() throws Exception {
        try (RegistryServer withoutReserve =
                RegistryServer.start(home, TestDatabase.fresh(), Map.of("SLIPWAY_REGISTRY_RESERVE_MB", "0"))) {
            withoutReserve.app("shop");
            Client other = new Client(withoutReserve.port());
            fillUpTo(6 * MIB);
            String location = other.begin("shop");
            byte[] blob = bytes(7 * MIB);
            HttpResponse<byte[]> refused =
                    other.send("PATCH", location, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blob)));
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(unfinished()).isEmpty();
        }
    }

    @Test
    void dockerIsToldWhy(@TempDir Path context) throws Exception {
        fillUpTo(3 * MIB);
        try (Docker docker = new Docker()) {
            String name = "127.0.0.1:" + server.port() + "/shop:full";
            docker.build(context, bytes(1000), name);
            Docker.Outcome push = docker.run("push", name);
            assertThat(push.exit()).isNotZero();
            assertThat(push.output()).contains("disk is full");
        }
    }

    /// Leaves about `free` bytes.
    private static void fillUpTo(long free) throws Exception {
        Files.deleteIfExists(home.resolve("ballast"));
        try (RandomAccessFile ballast =
                new RandomAccessFile(home.resolve("ballast").toFile(), "rw")) {
            byte[] page = new byte[4096];
            while (home.toFile().getUsableSpace() > free) {
                ballast.write(page);
            }
        }
    }

    private static List<Path> unfinished() throws Exception {
        try (var files = Files.list(home.resolve("registry/uploads"))) {
            return files.filter(file -> file.toFile().length() > 0).toList();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random().nextBytes(bytes);
        return bytes;
    }
}
