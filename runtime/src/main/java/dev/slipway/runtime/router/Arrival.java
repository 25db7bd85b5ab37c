package dev.slipway.runtime.router;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that is well formed, and what is known of who sends it.
///
/// @param client its IP address
/// @param secure it came by TLS
record Arrival(HttpServerRequest request, HostHeader host, String client, boolean secure) {
    private static final int MOST_DIGITS = 18;

    @Nullable
    InetAddress address() {
        return ClientAddress.parse(client);
    }

    DoorRules.Facts facts() {
        return new DoorRules.Facts(address(), request.getHeader(HttpHeaders.AUTHORIZATION), length());
    }

    private long length() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return length.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(length);
    }

    /// What is written down of it.
    ///
    /// @param instance who answered, "" for the front door
    /// @param nanos how long it took
    AccessLog.Request answered(long appId, String instance, long nanos) {
        HttpServerResponse response = request.response();
        return new AccessLog.Request(
                appId,
                Instant.now(),
                client,
                request.method().name(),
                host.written(),
                request.uri(),
                response.headWritten() ? response.getStatusCode() : 0,
                response.bytesWritten(),
                nanos / 1_000,
                instance);
    }

    /// @param user who has shown a password at the door, "" for nobody
    Passage passage(Destination.App to, String user) {
        int port = host.port() >= 0 ? host.port() : secure ? 443 : 80;
        return Passage.of(
                request,
                new HeaderRules.Client(client, host.written(), port, secure, to.prefix(), user),
                to.uri(),
                to.hstsSeconds());
    }
}
