package dev.slipway.worker.engine;

import dev.slipway.db.images.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Docker Engine's API (docs.docker.com/reference/api/engine), the few calls that a worker needs.
///
/// Thread-safe. Every call throws [EngineException] when the engine doesn't answer (within 30 s; a push and trimming
/// may take longer) or answers with an error.
public final class Engine {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TRIM_PATIENCE = Duration.ofMinutes(10);
    private static final Duration PING_PATIENCE = Duration.ofSeconds(3);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI host;

    private Engine(URI host) {
        this.host = host;
    }

    /// @param host `unix:///var/run/docker.sock` or `tcp://host:port`
    public static Engine at(String host) {
        URI uri = URI.create(host);
        if (!"unix".equals(uri.getScheme())
                && (!"tcp".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0)) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST must look like unix:///var/run/docker.sock or tcp://127.0.0.1:2375, not " + host);
        }
        return new Engine(uri);
    }

    /// Whether the engine answers.
    public void ping() throws EngineException {
        call("GET", "/_ping", PING_PATIENCE);
    }

    /// What an image is like.
    public ImageFacts inspect(Digest imageId) throws EngineException {
        JsonNode image = json(call("GET", "/images/" + imageId.value() + "/json"));
        return new ImageFacts(
                imageId,
                image.path("Size").asLong(0),
                ImageFacts.lowestTcpPort(
                        image.path("Config").path("ExposedPorts").propertyNames()));
    }

    /// Pushes a tagged image and returns the digest of its manifest in the registry.
    ///
    /// @param onCancel is given what ends the push from another thread
    /// @throws PushRefused when the engine was told no, with the registry's own words
    public Digest push(ImageTag image, Credentials credentials, Consumer<Runnable> onCancel)
            throws EngineException, PushRefused {
        String path = "/images/" + image.repository() + "/push?tag=" + encode(image.tag());
        try (HttpExchange exchange = HttpExchange.open(host)) {
            onCancel.accept(() -> Deadline.hangUp(exchange));
            exchange.send("POST", path, Map.of("X-Registry-Auth", credentials.header()));
            throwIfRefused(exchange);
            return readPush(exchange.body());
        } catch (EngineException | PushRefused e) {
            throw e;
        } catch (IOException | JacksonException e) {
            throw new EngineException(0, message(e), e);
        }
    }

    private static Digest readPush(InputStream body) throws IOException {
        Digest digest = null;
        try (var messages = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            while (messages.hasNext()) {
                JsonNode message = messages.next();
                if (message.has("error")) {
                    throw new PushRefused(message.path("error").asString());
                }
                String pushed = message.path("aux").path("Digest").asString("");
                digest = pushed.isEmpty() ? digest : new Digest(pushed);
            }
        }
        if (digest == null) {
            throw new PushRefused("the push ended without a digest");
        }
        return digest;
    }

    /// Gives an image another name.
    public void tag(Digest imageId, ImageTag tag) throws EngineException {
        call(
                "POST",
                "/images/" + imageId.value() + "/tag?repo=" + encode(tag.repository()) + "&tag=" + encode(tag.tag()));
    }

    /// Removes a tag, and the image with it when it was the last. Nothing happens when there is no such tag or
    /// something still uses the image.
    public void untag(ImageTag tag) throws EngineException {
        try {
            call("DELETE", "/images/" + tag);
        } catch (EngineException e) {
            if (e.status() != NOT_FOUND && e.status() != CONFLICT) {
                throw e;
            }
        }
    }

    /// The tags of a local repository that carry a label.
    public List<ImageTag> tags(String repository, String label) throws EngineException {
        String filters = "{\"reference\":[" + JSON.writeValueAsString(repository) + "],\"label\":["
                + JSON.writeValueAsString(label) + "]}";
        List<ImageTag> tags = new ArrayList<>();
        for (JsonNode image : json(call("GET", "/images/json?filters=" + encode(filters)))) {
            for (JsonNode name : image.path("RepoTags")) {
                ImageTag tag = ImageTag.parse(name.asString());
                if (tag.repository().equals(repository)) {
                    tags.add(tag);
                }
            }
        }
        return tags;
    }

    /// Removes what was used longest ago from the build cache, until it takes no more than so many bytes. What is in
    /// use by builds stays.
    ///
    /// @return how many bytes are free again
    public long trimBuildCache(long most) throws EngineException {
        String path = "/build/prune?all=true&keep-storage=" + most;
        return json(call("POST", path, TRIM_PATIENCE)).path("SpaceReclaimed").asLong(0);
    }

    private byte[] call(String method, String path) throws EngineException {
        return call(method, path, PATIENCE);
    }

    private byte[] call(String method, String path, Duration patience) throws EngineException {
        try (HttpExchange exchange = HttpExchange.open(host);
                Deadline deadline = new Deadline(exchange, patience)) {
            exchange.send(method, path, Map.of());
            throwIfRefused(exchange);
            return exchange.body().readAllBytes();
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw new EngineException(0, message(e), e);
        }
    }

    private static void throwIfRefused(HttpExchange exchange) throws IOException {
        if (exchange.status() >= 300) {
            String body = new String(exchange.body().readNBytes(16_384), StandardCharsets.UTF_8);
            String message =
                    body.startsWith("{") ? JSON.readTree(body).path("message").asString(body) : body;
            throw new EngineException(exchange.status(), message.strip(), null);
        }
    }

    private static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static JsonNode json(byte[] body) {
        return JSON.readTree(body);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
