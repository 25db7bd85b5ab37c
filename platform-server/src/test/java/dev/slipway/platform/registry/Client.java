package dev.slipway.platform.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Speaks to a registry as clients do.
final class Client {
    static final String OCTETS = "application/octet-stream";
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        return send(method, path, BodyPublishers.ofByteArray(body), headers);
    }

    HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    /// Begins an upload and returns its location.
    String begin(String repository) {
        HttpResponse<byte[]> response = send("POST", "/v2/" + repository + "/blobs/uploads/");
        if (response.statusCode() != 202) {
            throw new IllegalStateException(response.statusCode() + " " + text(response));
        }
        return response.headers().firstValue("Location").orElseThrow();
    }

    /// Pushes as docker does (POST, PATCH, PUT) and returns the digest.
    String push(String repository, byte[] content) {
        String digest = sha256(content);
        String location = begin(repository);
        require(202, send("PATCH", location, content, "Content-Type", OCTETS));
        require(201, send("PUT", location + "?digest=" + digest));
        return digest;
    }

    HttpResponse<byte[]> putManifest(String repository, String reference, String manifest) {
        return send(
                "PUT",
                "/v2/" + repository + "/manifests/" + reference,
                manifest.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                manifest.contains("\"manifests\"") ? INDEX : IMAGE);
    }

    private static void require(int status, HttpResponse<byte[]> response) {
        if (response.statusCode() != status) {
            throw new IllegalStateException(response.statusCode() + " " + text(response));
        }
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static String sha256(byte[] content) {
        return "sha256:" + hash("SHA-256", content);
    }

    static String sha512(byte[] content) {
        return "sha512:" + hash("SHA-512", content);
    }

    private static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
