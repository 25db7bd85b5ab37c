package dev.slipway.runtime.router;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/// What a request must be for the front door to pass it on. Everything that two servers could read in two ways
/// is refused.
final class RequestCheck {
    /// The verdict.
    sealed interface Result {
        record Accepted(HostHeader host) implements Result {}

        record Refused(ErrorPage page) implements Result {}
    }

    private RequestCheck() {}

    static Result check(HttpServerRequest request) {
        if (request.method() == HttpMethod.CONNECT || !request.uri().startsWith("/")) {
            return refused("The request's target must be a path.");
        }
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() != 1) {
            return refused("A request needs exactly one Host header.");
        }
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!encodings.isEmpty()
                && (encodings.size() != 1
                        || !encodings.getFirst().equalsIgnoreCase("chunked")
                        || request.version() != HttpVersion.HTTP_1_1)) {
            return refused("The only transfer encoding that this server takes is chunked.");
        }
        List<String> lengths = request.headers().getAll(HttpHeaders.CONTENT_LENGTH);
        if (lengths.size() > 1 || !lengths.isEmpty() && !encodings.isEmpty()) {
            return refused("A request needs one way to say how long it is.");
        }
        return HostHeader.parse(hosts.getFirst())
                .<Result>map(Result.Accepted::new)
                .orElseGet(() -> refused("The Host header isn't a host name."));
    }

    private static Result refused(String text) {
        return new Result.Refused(ErrorPage.badRequest(text));
    }
}
