package dev.slipway.runtime.engine;

import static dev.slipway.runtime.engine.DockerApi.call;

import dev.slipway.db.images.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The engine's images: those that builds of one installation made, by the labels that they gave them, and those
/// that are pulled back from the registry.
final class DockerImages {
    private static final Duration PULL_TIMEOUT = Duration.ofMinutes(30);
    private static final int REGISTRY_MILLIS = 3_000;

    private final DockerApi api;
    private final DockerSettings settings;

    DockerImages(DockerApi api, DockerSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    /// @see Engine#ensureImage
    String ensure(ImageSource source) {
        if (present(source.imageId().value())) {
            return source.imageId().value();
        }
        if (source.digest() == null) {
            throw new EngineException.ImageUnavailable(
                    "The image " + source.imageId().abbreviated() + " isn't in Docker any more", null);
        }
        String repository = settings.registry() + "/" + source.repository();
        String reference = repository + "@" + source.digest();
        if (!present(reference)) {
            pull(source.repository(), source.digest().value());
        }
        return reference;
    }

    private boolean present(String reference) {
        Request look = Request.get("/images/" + reference + "/json");
        return call("look for the image " + reference, () -> api.sendUnless(look, Refusal.NOT_FOUND))
                .isPresent();
    }

    private void pull(String repository, String digest) {
        String from = settings.registry() + "/" + repository;
        String what = "pull " + from + "@" + digest;
        Request request = Request.post("/images/create" + Request.query(Map.of("fromImage", from, "tag", digest)))
                .with("X-Registry-Auth", credentials())
                .within(PULL_TIMEOUT);
        try {
            call(what, () -> {
                try (DockerApi.Exchange exchange = api.stream(request)) {
                    readPull(exchange.body());
                    return true;
                } catch (SocketTimeoutException e) {
                    throw new EngineException.ImageUnavailable(
                            "Docker couldn't " + what + " within " + PULL_TIMEOUT.toMinutes() + " minutes", e);
                }
            });
        } catch (EngineException.Refused e) {
            if (registryAnswers(repository, digest)) {
                throw new EngineException.ImageUnavailable(String.valueOf(e.getMessage()), e);
            }
            throw new EngineException.RegistryAway("the registry at " + settings.registry() + " doesn't answer", e);
        }
    }

    /// The engine's words don't tell an image that isn't there from a registry that isn't, or that lacks its database.
    /// So it is asked for the image itself. (On one machine both reach it by the same address.)
    private boolean registryAnswers(String repository, String digest) {
        URI registry = URI.create("http://" + settings.registry());
        String question = "HEAD /v2/" + repository + "/manifests/" + digest + " HTTP/1.1\r\nHost: "
                + settings.registry() + "\r\nAuthorization: " + basicAuthorization()
                + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(registry.getHost(), registry.getPort()), REGISTRY_MILLIS);
            socket.setSoTimeout(REGISTRY_MILLIS);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            return Answer.read(socket.getInputStream()).status() < 500;
        } catch (IOException away) {
            return false;
        }
    }

    private String basicAuthorization() {
        String pair = settings.registryUser() + ":" + settings.registryPassword();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String credentials() {
        String json = DockerApi.JSON.writeValueAsString(Map.of(
                "username", settings.registryUser(),
                "password", settings.registryPassword(),
                "serveraddress", settings.registry()));
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Progress, and what went wrong after the engine had answered "200".
    private static void readPull(InputStream body) throws IOException {
        InputStream in = new BufferedInputStream(body);
        for (JsonNode message = DockerApi.nextLine(in); message != null; message = DockerApi.nextLine(in)) {
            if (message.has("error")) {
                throw new Refusal(200, DockerApi.sentence(message.path("error").asString("")));
            }
        }
    }

    /// @see Engine#images
    List<LocalImage> list() {
        String query = Request.query(Map.of("filters", Labels.filter(settings.installation())));
        return call("list images", () -> api.send(Request.get("/images/json" + query)))
                .valueStream()
                // what is listed may be removed: that it is ours isn't left to the engine's filter
                .filter(image -> settings.installation().equals(label(image, Labels.INSTALLATION)))
                .filter(image -> app(image).matches("[0-9]{1,18}"))
                .map(image -> new LocalImage(
                        new Digest(DockerAnswer.id(image)),
                        Long.parseLong(app(image)),
                        Stream.concat(names(image.path("RepoTags")), names(image.path("RepoDigests")))
                                .toList()))
                .toList();
    }

    private static String app(JsonNode image) {
        return label(image, Labels.APP);
    }

    private static String label(JsonNode image, String name) {
        return image.path("Labels").path(name).asString("");
    }

    /// Without the engine's placeholder for none.
    private static Stream<String> names(JsonNode names) {
        return names.valueStream().map(name -> name.asString("")).filter(name -> !name.startsWith("<none>"));
    }

    /// @see Engine#removeImage
    void remove(String name) {
        Request removal = Request.delete("/images/" + name);
        // a conflict: a container uses it
        call("remove the image " + name, () -> api.sendUnless(removal, Refusal.NOT_FOUND, Refusal.CONFLICT));
    }
}
