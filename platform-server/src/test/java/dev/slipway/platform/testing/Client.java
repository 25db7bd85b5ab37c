package dev.slipway.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An HTTP client of the platform under test, with the headers it always sends. It follows no redirects and
/// keeps no cookies.
public record Client(int port, List<String> headers) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What came back.
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(body());
        }

        /// Of a problem document.
        public String detail() {
            return json().path("detail").asString();
        }

        /// "" when it isn't there.
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Client(int port, String... headers) {
        this(port, List.of(headers));
    }

    public Client with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of(name, value));
        return new Client(port, List.copyOf(more));
    }

    public Client bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Client basic(String user, String password) {
        return with(
                "Authorization",
                "Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    public Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    /// Sends JSON; single quotes stand for double ones.
    public Answer send(String method, String path, String json) {
        return with("Content-Type", "application/json")
                .send(method, path, HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')));
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    /// Sends a form: name, value, name, value …
    public Answer form(String path, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(java.net.URLEncoder.encode(fields[i + 1], java.nio.charset.StandardCharsets.UTF_8));
        }
        return with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        try {
            return new Answer(HTTP.send(request(method, path, body), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(Arrays.toString(e.getStackTrace()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Opens a stream of server-sent events; `last` is the id of the last event that was seen, or empty.
    public EventStream stream(String path, String last) {
        Client watcher = last.isEmpty() ? this : with("Last-Event-ID", last);
        HttpRequest request =
                watcher.with("Accept", "text/event-stream").request("GET", path, HttpRequest.BodyPublishers.noBody());
        try {
            HttpResponse<java.io.InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new AssertionError("status " + answer.statusCode());
            }
            return new EventStream(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest request(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return request.build();
    }
}
