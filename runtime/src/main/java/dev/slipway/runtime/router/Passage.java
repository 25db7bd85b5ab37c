package dev.slipway.runtime.router;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/// How a request came and goes on: what differs between HTTP's versions, and what its domain adds.
///
/// @param uri path and query as its target sees them
/// @param hstsSeconds what the answer says about https, 0 for nothing
/// @param streamed it is one of several on its connection (HTTP/2)
/// @param hasBody see [Arrival#hasBody]
record Passage(HeaderRules.Client client, String uri, int hstsSeconds, boolean streamed, boolean hasBody) {

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

    /// How many bytes a body has whose end comes with its last byte; a stream's may come later.
    long length(MultiMap fields) {
        return streamed ? ContentLength.UNKNOWN : ContentLength.of(fields);
    }

    /// What the front door itself adds to an answer.
    void announce(MultiMap headers) {
        if (hstsSeconds > 0) {
            headers.set("Strict-Transport-Security", "max-age=" + hstsSeconds);
        }
    }

    /// Nothing can follow on the connection. HTTP/2 has no such field, and other streams go on.
    void announceClose(HttpServerResponse response) {
        if (!streamed) {
            // at the end, since Vert.x promises an old client that its connection is kept
            response.headersEndHandler(end -> response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
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

    /// The same at once: a connection that nobody reads from would be waited for until all was sent.
    ///
    /// @param code see [#cut]
    void abort(HttpServerRequest request, long code) {
        if (streamed) {
            request.response().reset(code);
        } else {
            Channels.abort(Channels.of(request.connection()));
        }
    }
}
