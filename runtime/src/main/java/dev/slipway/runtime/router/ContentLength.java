package dev.slipway.runtime.router;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// How long a message says that its body is (RFC 9110, 8.6).
final class ContentLength {
    static final long UNKNOWN = -1;
    private static final int MOST_DIGITS = 18;

    private ContentLength() {}

    /// Bytes; [#UNKNOWN] when it doesn't say, or not in digits. What doesn't fit is [Long#MAX_VALUE].
    static long of(MultiMap headers) {
        return parse(headers.get(HttpHeaders.CONTENT_LENGTH));
    }

    private static long parse(@Nullable String length) {
        if (length == null || length.isEmpty()) {
            return UNKNOWN;
        }
        for (int i = 0; i < length.length(); i++) {
            if (length.charAt(i) < '0' || length.charAt(i) > '9') {
                return UNKNOWN;
            }
        }
        return length.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(length);
    }
}
