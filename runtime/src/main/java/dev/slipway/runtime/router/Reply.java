package dev.slipway.runtime.router;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What the client of one request is answered, and whether its connection can take another request after it.
final class Reply {
    /// RFC 9113, 7.
    private static final long NO_ERROR = 0;
    private static final long INTERNAL_ERROR = 2;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Passage passage;
    private final BooleanSupplier leaving;
    private boolean requestEnded;
    private boolean begun;

    /// @param leaving connections end with their next answer
    Reply(HttpServerRequest request, Passage passage, BooleanSupplier leaving) {
        this.request = request;
        this.response = request.response();
        this.passage = passage;
        this.leaving = leaving;
        this.requestEnded = !passage.hasBody();
    }

    /// All of the request was read.
    void requestEnded() {
        requestEnded = true;
    }

    boolean hasRequestEnded() {
        return requestEnded;
    }

    /// Somebody has answered, though maybe nothing was sent of it yet.
    boolean begun() {
        return begun;
    }

    boolean headWritten() {
        return response.headWritten();
    }

    /// Takes over a target's status and fields.
    void begin(HttpClientResponse incoming) {
        begun = true;
        response.setStatusCode(incoming.statusCode());
        response.setStatusMessage(incoming.statusMessage());
        HeaderRules.copyResponse(incoming.headers(), response.headers());
        passage.announce(response.headers());
    }

    /// What brings the target's body, after [#begin]; not started yet. Null: there is none.
    @Nullable
    Pump body(HttpClientResponse incoming, Pump.Flow flow) {
        if (last()) {
            // the rest of the request won't be read after the answer, so the connection can't be used again
            passage.announceClose(response);
        }
        if (request.method() == HttpMethod.HEAD || incoming.statusCode() == 204 || incoming.statusCode() == 304) {
            return null;
        }
        incoming.pause();
        if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH) && request.version() == HttpVersion.HTTP_1_1) {
            response.setChunked(true);
        }
        Valve valve = new IntakeValve(incoming.request().connection());
        return new Pump(incoming, valve, response, ContentLength.of(response.headers()), flow);
    }

    /// Sends the head though nothing of the body is there, if it may come in long intervals: an event stream's head
    /// mustn't wait for its first event.
    void sendHeadSoon() {
        if (request.version() == HttpVersion.HTTP_1_0
                || response.headWritten()
                || ContentLength.of(response.headers()) >= 0) {
            return;
        }
        Vertx.currentContext().runOnContext(soon -> {
            if (!response.headWritten() && !response.ended() && !response.closed()) {
                response.writeHead();
            }
        });
    }

    /// After [#begin] of an answer that says so: the client's socket, over which another protocol is spoken from now
    /// on.
    Future<NetSocket> switchTo(String protocol) {
        response.headers().set(HttpHeaders.CONNECTION, "Upgrade").set(HttpHeaders.UPGRADE, protocol);
        return request.toNetSocket();
    }

    /// Ends an answer without a body.
    Future<Void> end() {
        return response.end();
    }

    /// Sends a page in place of a target's answer, of which nothing was sent, though it may have begun.
    ///
    /// @param onSent called before its connection is closed, if it has to be
    void send(ErrorPage page, Runnable onSent) {
        if (begun) {
            response.headers().clear();
            response.setStatusMessage(HttpResponseStatus.valueOf(page.status()).reasonPhrase());
        }
        begun = true;
        boolean last = last();
        if (last) {
            passage.announceClose(response);
        }
        Pages.send(request, page).onComplete(sent -> {
            onSent.run();
            if (last) {
                passage.cut(request, NO_ERROR);
            }
        });
    }

    /// All of the answer was sent.
    ///
    /// @param whole all of the request had been read when its target had said all
    void sent(boolean whole) {
        if (!whole || last()) {
            passage.cut(request, NO_ERROR);
        }
    }

    /// What was sent can't be taken back: the client has to see that the answer isn't whole.
    void cut() {
        passage.cut(request, INTERNAL_ERROR);
    }

    /// The same at once, of a client that doesn't read.
    void abort() {
        passage.abort(request, INTERNAL_ERROR);
    }

    /// Nothing follows on the connection. One of HTTP/2 is told by the door itself when it has to end.
    private boolean last() {
        return !requestEnded || endsWithConnection() || leaving.getAsBoolean() && !passage.streamed();
    }

    /// HTTP/1.0 knows no other end of a body that doesn't say its length.
    private boolean endsWithConnection() {
        return request.version() == HttpVersion.HTTP_1_0 && !response.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }
}
