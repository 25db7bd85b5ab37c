package dev.slipway.runtime.router;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A request that is well formed, and what is known of who sends it.
///
/// @param uri path and query; what isn't visible ASCII is percent-encoded
/// @param client its IP address
/// @param secure it came by TLS, to us or to a proxy that is trusted
/// @param since when its head was there, in nanoseconds of [System#nanoTime]
/// @param hasBody as it was when the head came: while somebody waits, a stream's body may end before it is read
record Arrival(
        HttpServerRequest request,
        HostHeader host,
        String uri,
        String client,
        boolean secure,
        long since,
        boolean hasBody) {
    /// Call it as soon as the head is there.
    ///
    /// @param proxies before us that are trusted
    static Arrival of(HttpServerRequest request, HostHeader host, Addresses proxies) {
        return new Arrival(
                request,
                host,
                visible(request.uri()),
                ClientAddress.of(request, proxies),
                request.isSSL() || ClientAddress.cameByTls(request, proxies),
                System.nanoTime(),
                request.version() == HttpVersion.HTTP_2 ? streamHasBody(request) : saysBody(request));
    }

    /// Other bytes can't stand in a header field, and would be encoded a second time on their way to an app.
    private static String visible(String uri) {
        int visible = RequestCheck.visible(uri);
        if (visible == uri.length()) {
            return uri;
        }
        StringBuilder encoded = new StringBuilder(uri.length() + 16).append(uri, 0, visible);
        for (int i = visible; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (RequestCheck.isVisible(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return encoded.toString();
    }

    private static boolean saysBody(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return true;
        }
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH) && ContentLength.of(request.headers()) != 0;
    }

    /// A stream needn't say how long it is, but whether more comes is known with its head (RFC 9113, 8.1).
    private static boolean streamHasBody(HttpServerRequest request) {
        ChannelPipeline pipeline = Channels.of(request.connection()).pipeline();
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        Http2Stream stream = handler == null ? null : handler.connection().stream(request.streamId());
        return stream != null && stream.state().remoteSideOpen();
    }

    /// It is one of several on its connection (HTTP/2).
    boolean streamed() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /// Something may follow the request's head.
    boolean mayHaveMore() {
        return hasBody || !streamed() && HeaderRules.wantsTunnel(request.headers());
    }

    @Nullable
    InetAddress address() {
        return ClientAddress.parse(client);
    }

    DoorRules.Facts facts() {
        return new DoorRules.Facts(
                address(),
                request.getHeader(HttpHeaders.AUTHORIZATION),
                Math.max(0, ContentLength.of(request.headers())));
    }

    /// What is written down of it.
    ///
    /// @param instance who answered, "" for the front door
    /// @param until when it was over, of [System#nanoTime]
    AccessLog.Request answered(long appId, String instance, long until) {
        HttpServerResponse response = request.response();
        return new AccessLog.Request(
                appId,
                Instant.now(),
                client,
                request.method().name(),
                host.written(),
                uri,
                response.headWritten() ? response.getStatusCode() : 0,
                response.bytesWritten(),
                (until - since) / 1_000,
                instance);
    }

    /// @param user who has shown a password at the door, "" for nobody
    Passage passage(Destination.App to, String user) {
        int port = host.port() >= 0 ? host.port() : secure ? 443 : 80;
        return new Passage(
                new HeaderRules.Client(client, host.written(), port, secure, to.prefix(), user),
                to.uri(),
                to.hstsSeconds(),
                streamed(),
                hasBody);
    }
}
