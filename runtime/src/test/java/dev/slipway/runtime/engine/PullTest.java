package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.images.Digest;
import dev.slipway.runtime.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An image that the engine doesn't have comes from the registry, by digest, with the runtime tier's own
/// credentials.
@Timeout(60)
class PullTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private final String installation = "test" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private HttpServer registry;
    private DockerEngine engine;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/v2/", this::serve);
        registry.start();
        engine = engine("secret");
        engine.prepare();
    }

    private DockerEngine engine(String password) {
        return new DockerEngine(new DockerSettings(
                "unix:///var/run/docker.sock",
                installation,
                "127.0.0.1:" + registry.getAddress().getPort(),
                "slipway-runtime",
                password));
    }

    @AfterEach
    void stop() {
        // not even a wrong list makes a test remove what isn't its own
        engine.list().stream()
                .filter(c -> installation.equals(c.label(Labels.INSTALLATION)))
                .forEach(c -> engine.remove(c.id()));
        TestImages.docker().removeNetworkCmd("slipway-" + installation).exec();
        engine.close();
        registry.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String wanted = "Basic "
                + Base64.getEncoder().encodeToString("slipway-runtime:secret".getBytes(StandardCharsets.UTF_8));
        String path = exchange.getRequestURI().getPath();
        byte[] body = path.equals("/v2/") ? new byte[0] : content.get(path.substring(path.lastIndexOf('/') + 1));
        if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
            exchange.sendResponseHeaders(401, -1);
        } else if (body == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders()
                    .set("Content-Type", path.contains("/manifests/") ? MANIFEST : "application/octet-stream");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(200, head || body.length == 0 ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
        exchange.close();
    }

    private Digest store(byte[] bytes) {
        try {
            Digest digest = new Digest("sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            content.put(digest.value(), bytes);
            return digest;
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An image of its own each time, so that the engine doesn't have it.
    private ImageSource image() throws IOException {
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(layer)) {
            byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
            TarArchiveEntry entry = new TarArchiveEntry("busybox");
            entry.setMode(0755);
            entry.setSize(busybox.length);
            tar.putArchiveEntry(entry);
            tar.write(busybox);
            tar.closeArchiveEntry();
        }
        Digest diff = store(layer.toByteArray());
        byte[] config =
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/busybox\",\"sleep\",\"1000\"],\"Labels\":{\""
                                + TestImages.LABEL
                                + "\":\"" + UUID.randomUUID() + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                                + diff + "\"]}}")
                        .getBytes(StandardCharsets.UTF_8);
        Digest id = store(config);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST
                        + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                        + "\"digest\":\"" + id + "\",\"size\":" + config.length
                        + "},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
                        + "\"digest\":\"" + diff + "\",\"size\":" + layer.size() + "}]}")
                .getBytes(StandardCharsets.UTF_8);
        return new ImageSource(id, "shop", store(manifest));
    }

    @Test
    void theImageIsPulledOnceAndRuns() throws IOException {
        ImageSource source = image();
        String reference = engine.ensureImage(source);
        try {
            assertThat(reference)
                    .isEqualTo("127.0.0.1:" + registry.getAddress().getPort() + "/shop@" + source.digest());
            registry.stop(0);
            assertThat(engine.ensureImage(source)).isEqualTo(source.imageId().value());
            Container container = engine.start(new ContainerSpec(
                    "a", reference, Map.of(), Map.of(Labels.INSTANCE, "a"), new ContainerSpec.Limits(32, 500, 32)));
            assertThat(container.running()).isTrue();
            engine.remove(container.id());
        } finally {
            TestImages.docker().removeImageCmd(reference).withForce(true).exec();
        }
    }

    @Test
    void wrongCredentialsAndMissingImagesSaySo() throws IOException {
        ImageSource source = image();
        try (DockerEngine stranger = engine("wrong")) {
            assertThatThrownBy(() -> stranger.ensureImage(source))
                    .isInstanceOf(EngineException.ImageUnavailable.class)
                    .hasMessageContaining("couldn't pull")
                    .hasMessageNotContaining("wrong");
        }
        content.clear();
        assertThatThrownBy(() -> engine.ensureImage(source))
                .isInstanceOf(EngineException.ImageUnavailable.class)
                .hasMessageContaining("couldn't pull");
    }
}
