package dev.slipway.runtime.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A request to the engine. Its header fields and body may hold secrets: they aren't part of [#toString].
///
/// @param path without the API's version; printable ASCII, one `?` at most
/// @param body JSON, or nothing
/// @param patience how long all of it may take, until the end of the answer
record Request(String method, String path, Map<String, String> fields, String body, Duration patience) {
    private static final Duration FOR_LOOKS = Duration.ofSeconds(30);
    /// A busy disk can hold up what changes containers.
    private static final Duration FOR_CHANGES = Duration.ofMinutes(2);

    Request {
        if (!path.matches("/[!-~&&[^?]]*(\\?[!-~&&[^?]]*)?")) {
            throw new IllegalArgumentException("not a path: " + path);
        }
        fields = Map.copyOf(fields);
    }

    static Request get(String path) {
        return new Request("GET", path, Map.of(), "", FOR_LOOKS);
    }

    static Request post(String path) {
        return new Request("POST", path, Map.of(), "", FOR_CHANGES);
    }

    static Request delete(String path) {
        return new Request("DELETE", path, Map.of(), "", FOR_CHANGES);
    }

    /// With this as its JSON body.
    Request with(Map<String, ?> json) {
        return new Request(
                method,
                path,
                Map.of("Content-Type", "application/json"),
                DockerApi.JSON.writeValueAsString(json),
                patience);
    }

    Request with(String field, String value) {
        return new Request(method, path, Map.of(field, value), body, patience);
    }

    Request within(Duration limit) {
        return new Request(method, path, fields, body, limit);
    }

    /// `?name=value&…`
    static String query(Map<String, ?> parameters) {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(String.valueOf(e.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    /// The engine's way to choose from a list: JSON, the value of the parameter `filters`. An engine ignores
    /// parameters that it doesn't know, so what comes back must be looked at all the same.
    static String filters(Map<String, List<String>> filters) {
        return DockerApi.JSON.writeValueAsString(filters);
    }

    /// As it is sent (RFC 9112), for a connection that is used once.
    ///
    /// @param prefix of the path: the API's version
    byte[] bytes(String prefix) {
        StringBuilder request = new StringBuilder(method)
                .append(' ')
                .append(prefix)
                .append(path)
                .append(" HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n");
        fields.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
