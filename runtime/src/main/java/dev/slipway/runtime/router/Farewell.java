package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Answers a request whose body nobody wants. A connection that is closed while the client still sends is reset,
/// and the client may never read why; so what comes is read for a while and thrown away.
final class Farewell {
    private static final long LINGER_MILLIS = 2_000;
    /// RFC 9113, 7.
    private static final long NO_ERROR = 0;

    private Farewell() {}

    static Future<Void> send(Arrival arrival, ErrorPage page) {
        HttpServerRequest request = arrival.request();
        boolean more = arrival.mayHaveMore();
        boolean streamed = arrival.streamed();
        if (more && !streamed) {
            request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        return Pages.send(request, page).onComplete(sent -> {
            if (more && streamed) {
                request.response().reset(NO_ERROR);
            } else if (more) {
                close(request);
            }
        });
    }

    /// Closes the connection when the client has sent all, or after a while.
    static void close(HttpServerRequest request) {
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        request.handler(thrownAway -> {});
        request.endHandler(end -> request.connection().close());
        request.exceptionHandler(gone -> request.connection().close());
        request.resume();
        Vertx.currentContext()
                .owner()
                .setTimer(LINGER_MILLIS, late -> request.connection().close());
    }
}
