package dev.slipway.runtime.router;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/// How a request came and goes on: what differs between HTTP's versions, and what its domain adds.
///
/// @param uri path and query as its target sees them
/// @param hstsSeconds what the answer says about https, 0 for nothing
/// @param streamed it is one of several on its connection (HTTP/2)
record Passage(HeaderRules.Client client, String uri, int hstsSeconds, boolean streamed, boolean hasBody) {

    static Passage of(HttpServerRequest request, HeaderRules.Client client, String uri, int hstsSeconds) {
        boolean streamed = request.version() == HttpVersion.HTTP_2;
        return new Passage(client, uri, hstsSeconds, streamed, streamed ? streamHasBody(request) : hasBody(request));
    }

    /// Something may follow the request's head.
    static boolean mayHaveMore(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? streamHasBody(request)
                : hasBody(request) || HeaderRules.wantsTunnel(request.headers());
    }

    private static boolean hasBody(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return true;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0");
    }

    /// A stream needn't say how long it is, but whether more comes is known with its head (RFC 9113, 8.1).
    private static boolean streamHasBody(HttpServerRequest request) {
        ChannelPipeline pipeline =
                ((ConnectionBase) request.connection()).channel().pipeline();
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        Http2Stream stream = handler == null ? null : handler.connection().stream(request.streamId());
        return stream != null && stream.state().remoteSideOpen();
    }

    /// The request's fields as its target gets them, in HTTP/1.1.
    void copyFields(MultiMap from, MultiMap to) {
        HeaderRules.copyRequest(from, to, client);
        if (streamed) {
            // was :authority; and each cookie may have had a field of its own (RFC 9113, 8.2.3)
            to.set(HttpHeaders.HOST, client.host());
            List<String> cookies = to.getAll(HttpHeaders.COOKIE);
            if (cookies.size() > 1) {
                to.set(HttpHeaders.COOKIE, String.join("; ", cookies));
            }
        }
    }

    /// What the front door itself adds to an answer.
    void announce(MultiMap headers) {
        if (hstsSeconds > 0) {
            headers.set("Strict-Transport-Security", "max-age=" + hstsSeconds);
        }
    }

    /// Nothing can follow on the connection. HTTP/2 has no such field, and other streams go on.
    void announceClose(MultiMap headers) {
        if (!streamed) {
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /// Ends what the client sees of this request: its stream, or its connection.
    ///
    /// @param code of the stream's end (RFC 9113, 7)
    void cut(HttpServerRequest request, long code) {
        if (streamed) {
            request.response().reset(code);
        } else {
            Farewell.close(request);
        }
    }
}
