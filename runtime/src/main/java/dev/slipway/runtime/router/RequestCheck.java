package dev.slipway.runtime.router;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;

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
        return request.version() == HttpVersion.HTTP_2 ? checkStream(request) : checkMessage(request);
    }

    private static Result checkMessage(HttpServerRequest request) {
        if (request.method() == HttpMethod.CONNECT || !request.uri().startsWith("/")) {
            return refused("The request's target must be a path.");
        }
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() != 1) {
            return refused("A request needs exactly one Host header.");
        }
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
            if (encodings.size() != 1
                    || !encodings.getFirst().equalsIgnoreCase("chunked")
                    || request.version() != HttpVersion.HTTP_1_1) {
                return refused("The only transfer encoding that this server takes is chunked.");
            }
            if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
                return refused("A request needs one way to say how long it is.");
            }
        } else if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && request.headers().getAll(HttpHeaders.CONTENT_LENGTH).size() > 1) {
            return refused("A request needs one way to say how long it is.");
        }
        return HostHeader.parse(hosts.getFirst())
                .<Result>map(Result.Accepted::new)
                .orElseGet(() -> refused("The Host header isn't a host name."));
    }

    /// HTTP/2's fields are binary and may hold what would be several lines, or another request, in HTTP/1.1, which
    /// instances speak (RFC 9113, 10.3).
    private static Result checkStream(HttpServerRequest request) {
        HostAndPort authority = request.authority(true);
        if (request.method() == HttpMethod.CONNECT
                || !request.uri().startsWith("/")
                || visible(request.uri()) < request.uri().length()) {
            return refused("The request's target must be a path.");
        }
        if (authority == null || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return refused("A request needs exactly one authority.");
        }
        for (Map.Entry<String, String> field : request.headers()) {
            if (!isName(field.getKey()) || !isValue(field.getValue())) {
                return refused("A header field has a name or value that can't be.");
            }
        }
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaders.UPGRADE)
                || request.headers().getAll(HttpHeaders.CONTENT_LENGTH).size() > 1) {
            return refused("A request needs one way to say how long it is.");
        }
        return HostHeader.parse(authority.toString())
                .<Result>map(Result.Accepted::new)
                .orElseGet(() -> refused("The request's authority isn't a host name."));
    }

    /// How many characters at its beginning are visible ASCII.
    static int visible(String text) {
        int end = 0;
        while (end < text.length() && isVisible(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static boolean isVisible(char c) {
        return c > ' ' && c < 0x7f;
    }

    /// RFC 9110, 5.6.2.
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(
                                c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /// RFC 9110, 5.5.
    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f);
    }

    private static Result refused(String text) {
        return new Result.Refused(ErrorPage.badRequest(text));
    }
}
