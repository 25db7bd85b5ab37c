package dev.slipway.runtime.router;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/// Is told about the requests of apps that want them written down. Called on event loops: it never waits.
public interface AccessLog {
    AccessLog NONE = request -> {};

    void answered(Request request);

    /// @param at when it was answered
    /// @param uri as the visitor sent it
    /// @param status 0 when the visitor went away before there was an answer
    /// @param bytes of the answer's body
    /// @param instance who answered, "" when the front door did
    record Request(
            long appId,
            Instant at,
            String client,
            String method,
            String host,
            String uri,
            int status,
            long bytes,
            long micros,
            String instance) {
        public Request {
            Stream.of(at, client, method, host, uri, instance).forEach(Objects::requireNonNull);
        }
    }
}
