package dev.slipway.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Just enough of a registry (OCI Distribution 1.1, push only) for an engine to push to, with Basic
/// authentication. Blobs stay in memory.
public final class TinyRegistry implements AutoCloseable {
    private final HttpServer server;
    private final TestProxy proxy;
    private final String authorization;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private volatile String refusal = "";

    public TinyRegistry(String user, String password) throws IOException {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/v2/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        // an engine tries TLS first, which the JDK's server would wait out
        proxy = new TestProxy(server.getAddress().getPort());
    }

    /// Answers all uploads with an error from now on.
    void refuse(String words) {
        refusal = words;
    }

    /// Is away from now on, as while its program restarts.
    void leave() {
        proxy.cut();
    }

    void comeBack() {
        proxy.mend();
    }

    public int port() {
        return proxy.port();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
                answer(exchange, 401, "");
            } else if (path.equals("/v2/")) {
                answer(exchange, 200, "");
            } else if (path.contains("/blobs/uploads/")) {
                upload(exchange, path, body);
            } else if (path.contains("/blobs/")) {
                byte[] blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(blob == null ? 0 : blob.length));
                exchange.sendResponseHeaders(blob == null ? 404 : 200, -1);
            } else {
                manifest(exchange, path, body);
            }
        }
    }

    private void upload(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (!refusal.isEmpty()) {
            answer(exchange, 403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + refusal + "\"}]}");
            return;
        }
        String id = path.endsWith("/") ? UUID.randomUUID().toString() : path.substring(path.lastIndexOf('/') + 1);
        byte[] content = concat(uploads.getOrDefault(id, new byte[0]), body);
        uploads.put(id, content);
        exchange.getResponseHeaders().add("Location", path.substring(0, path.lastIndexOf('/') + 1) + id);
        switch (exchange.getRequestMethod()) {
            case "POST", "PATCH" -> {
                exchange.getResponseHeaders().add("Range", "0-" + Math.max(0, content.length - 1));
                answer(exchange, 202, "");
            }
            default -> {
                uploads.remove(id);
                blobs.put(digest(content), content);
                exchange.getResponseHeaders().add("Docker-Content-Digest", digest(content));
                answer(exchange, 201, "");
            }
        }
    }

    private void manifest(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            manifests.put(path.replaceFirst("/v2/", ""), body);
            exchange.getResponseHeaders().add("Docker-Content-Digest", digest(body));
            answer(exchange, 201, "");
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /// The digest of a pushed manifest.
    String manifest(String path) {
        return digest(java.util.Objects.requireNonNull(manifests.get(path), () -> path + " wasn't pushed"));
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.stop(0);
    }
}
