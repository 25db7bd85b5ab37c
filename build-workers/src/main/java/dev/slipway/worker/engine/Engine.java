package dev.slipway.worker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.db.images.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Docker Engine's API (docs.docker.com/reference/api/engine), the few calls that a worker needs, over docker-java's transport.
///
/// Its own JSON instead of docker-java's model keeps a second Jackson out of the worker's memory. Thread-safe. Every call throws [EngineException].
public final class Engine implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DockerHttpClient http;

    private Engine(DockerHttpClient http) {
        this.http = http;
    }

    /// @param host `unix:///var/run/docker.sock` or `tcp://…`
    public static Engine at(String host) {
        return new Engine(new ZerodepDockerHttpClient.Builder()
                .dockerHost(URI.create(host))
                .maxConnections(4)
                .connectionTimeout(Duration.ofSeconds(5))
                .responseTimeout(Duration.ofMinutes(10))
                .build());
    }

    /// Whether the engine answers.
    public void ping() throws EngineException {
        call(request(Request.Method.GET, "/_ping"));
    }

    /// What an image is like.
    public ImageFacts inspect(Digest imageId) throws EngineException {
        JsonNode image = json(call(request(Request.Method.GET, "/images/" + imageId.value() + "/json")));
        return new ImageFacts(imageId, image.path("Size").asLong(0), ImageFacts.lowestTcpPort(image.path("Config").path("ExposedPorts").propertyNames()));
    }

    /// Pushes a tagged image and returns the digest of its manifest in the registry.
    ///
    /// @param onCancel is given what ends the push from another thread
    /// @throws PushRefused when the engine was told no, with the registry's own words
    public Digest push(ImageTag image, Credentials credentials, java.util.function.Consumer<Runnable> onCancel) throws EngineException, PushRefused {
        Request request = request(Request.Method.POST, "/images/" + image.repository() + "/push?tag=" + encode(image.tag()))
                .putHeader("X-Registry-Auth", credentials.header())
                .build();
        try (Response response = execute(request)) {
            onCancel.accept(response::close);
            if (response.getStatusCode() >= 300) {
                throw refused(response);
            }
            return readPush(response);
        } catch (IOException | RuntimeException e) {
            throw e instanceof EngineException known ? known : e instanceof PushRefused known ? rethrow(known) : new EngineException(0, message(e), e);
        }
    }

    private static EngineException rethrow(PushRefused refused) throws PushRefused {
        throw refused;
    }

    private static Digest readPush(Response response) throws IOException {
        Digest digest = null;
        try (var messages = JSON.readerFor(JsonNode.class).<JsonNode>readValues(response.getBody())) {
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
        call(request(Request.Method.POST, "/images/" + imageId.value() + "/tag?repo=" + encode(tag.repository()) + "&tag=" + encode(tag.tag())));
    }

    /// Removes a tag, and the image with it when it was the last. Nothing happens when there is no such tag or something still uses the image.
    public void untag(ImageTag tag) throws EngineException {
        try {
            call(request(Request.Method.DELETE, "/images/" + tag));
        } catch (EngineException e) {
            if (e.status() != NOT_FOUND && e.status() != CONFLICT) {
                throw e;
            }
        }
    }

    /// The tags of a local repository that carry a label.
    public List<ImageTag> tags(String repository, String label) throws EngineException {
        String filters = "{\"reference\":[" + JSON.writeValueAsString(repository) + "],\"label\":[" + JSON.writeValueAsString(label) + "]}";
        List<ImageTag> tags = new ArrayList<>();
        for (JsonNode image : json(call(request(Request.Method.GET, "/images/json?filters=" + encode(filters))))) {
            for (JsonNode name : image.path("RepoTags")) {
                ImageTag tag = ImageTag.parse(name.asString());
                if (tag.repository().equals(repository)) {
                    tags.add(tag);
                }
            }
        }
        return tags;
    }

    private static Request.Builder request(Request.Method method, String path) {
        return new Request.Builder().method(method).path(path);
    }

    private byte[] call(Request.Builder request) throws EngineException {
        try (Response response = execute(request.build())) {
            if (response.getStatusCode() >= 300) {
                throw refused(response);
            }
            return response.getBody().readAllBytes();
        } catch (EngineException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new EngineException(0, message(e), e);
        }
    }

    private Response execute(Request request) throws EngineException {
        try {
            return http.execute(request);
        } catch (RuntimeException e) {
            throw new EngineException(0, message(e), e);
        }
    }

    private static EngineException refused(Response response) throws IOException {
        String body = new String(response.getBody().readNBytes(16_384), StandardCharsets.UTF_8);
        String message = body.startsWith("{") ? JSON.readTree(body).path("message").asString(body) : body;
        return new EngineException(response.getStatusCode(), message.strip(), null);
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

    private static String encode(@Nullable String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
