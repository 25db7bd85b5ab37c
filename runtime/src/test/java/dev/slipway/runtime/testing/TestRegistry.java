package dev.slipway.runtime.testing;

import dev.slipway.db.images.Digest;
import dev.slipway.runtime.engine.ImageSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A registry on loopback that asks for the runtime tier's credentials, and can be away.
public final class TestRegistry implements AutoCloseable {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final int port;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean broken;
    private HttpServer server;

    public TestRegistry() {
        server = listen(0);
        port = server.actualPort();
    }

    private HttpServer listen(int at) {
        return vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(at, "127.0.0.1")
                .await();
    }

    /// `host:port`.
    public String address() {
        return "127.0.0.1:" + port;
    }

    /// Connections are refused from now on.
    public void leave() {
        server.close().await();
    }

    public void comeBack() {
        server = listen(port);
    }

    /// It has no images any more.
    public void forget() {
        content.clear();
    }

    /// It answers, but to all that matters only that it can't.
    public void breakDown() {
        broken = true;
    }

    public void mend() {
        broken = false;
    }

    /// How often it has said that it can't.
    public int refusals() {
        return refusals.get();
    }

    private void serve(HttpServerRequest request) {
        String wanted = "Basic "
                + Base64.getEncoder().encodeToString("slipway-runtime:secret".getBytes(StandardCharsets.UTF_8));
        String path = request.path();
        byte[] body = path.equals("/v2/") ? new byte[0] : content.get(path.substring(path.lastIndexOf('/') + 1));
        HttpServerResponse response = request.response();
        if (broken && !path.equals("/v2/")) { // its database is away, say
            refusals.incrementAndGet();
            response.setStatusCode(503).end();
        } else if (!wanted.equals(request.getHeader("Authorization"))) {
            response.setStatusCode(401)
                    .putHeader("WWW-Authenticate", "Basic realm=\"test\"")
                    .end();
        } else if (body == null) {
            response.setStatusCode(404).end();
        } else {
            response.putHeader("Content-Type", path.contains("/manifests/") ? MANIFEST : "application/octet-stream")
                    .putHeader("Content-Length", Integer.toString(body.length));
            if (request.method() == HttpMethod.HEAD) {
                response.end();
            } else {
                response.end(Buffer.buffer(body));
            }
        }
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

    /// An image of its own each time, so that the engine doesn't have it. It is a web server on port 8000.
    public ImageSource image(String repository) throws IOException {
        byte[] layer = layer();
        Digest diff = store(layer);
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{"
                        + "\"Cmd\":[\"/busybox\",\"httpd\",\"-f\",\"-p\",\"8000\",\"-h\",\"/\"],\"Labels\":{\""
                        + TestImages.LABEL + "\":\"" + UUID.randomUUID()
                        + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + diff + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        Digest id = store(config);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST
                        + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                        + "\"digest\":\"" + id + "\",\"size\":" + config.length
                        + "},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
                        + "\"digest\":\"" + diff + "\",\"size\":" + layer.length + "}]}")
                .getBytes(StandardCharsets.UTF_8);
        return new ImageSource(id, repository, store(manifest));
    }

    private static byte[] layer() throws IOException {
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
        return layer.toByteArray();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
