package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/// Sends error pages.
final class Pages {
    private Pages() {}

    static Future<Void> send(HttpServerRequest request, ErrorPage page) {
        HttpServerResponse response = request.response();
        ErrorPage.Body body = page.body(request.getHeader(HttpHeaders.ACCEPT));
        byte[] content = body.content().getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(page.status());
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, body.contentType())
                .set(HttpHeaders.CACHE_CONTROL, "no-store")
                .set(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length));
        if (page.retryAfter() > 0) {
            response.headers().set(HttpHeaders.RETRY_AFTER, Integer.toString(page.retryAfter()));
        }
        return request.method() == HttpMethod.HEAD
                ? response.end()
                : response.end(io.vertx.core.buffer.Buffer.buffer(content));
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
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(text);
    }
}
