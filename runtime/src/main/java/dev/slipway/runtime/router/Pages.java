package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Sends error pages.
final class Pages {
    private Pages() {}

    static Future<Void> send(HttpServerRequest request, ErrorPage page) {
        HttpServerResponse response = request.response();
        ErrorPage.Body body = page.body(request.getHeader(HttpHeaders.ACCEPT));
        response.setStatusCode(page.status());
        if (page.retryAfter() > 0) {
            response.headers().set(HttpHeaders.RETRY_AFTER, Integer.toString(page.retryAfter()));
        }
        return end(request, body.contentType(), body.content());
    }

    /// To another address, which must have no character that can't stand in a header field.
    static void redirect(HttpServerRequest request, String location, int status) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.LOCATION, location)
                .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
                .end();
    }

    static void text(HttpServerRequest request, String text) {
        end(request, "application/octet-stream", text);
    }

    private static Future<Void> end(HttpServerRequest request, String contentType, String content) {
        Buffer bytes = Buffer.buffer(content);
        request.response()
                .headers()
                .set(HttpHeaders.CONTENT_TYPE, contentType)
                .set(HttpHeaders.CACHE_CONTROL, "no-store")
                .set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
        return request.method() == HttpMethod.HEAD
                ? request.response().end()
                : request.response().end(bytes);
    }
}
