package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/// Content's entity tag is its digest (RFC 9110, 8.8.3).
final class EntityTag {
    private EntityTag() {}

    static String of(Digest digest) {
        return '"' + digest.value() + '"';
    }

    /// True, with the status set to 304, when `If-None-Match` names this content.
    static boolean isKnownToClient(Digest digest, HttpServletRequest request, HttpServletResponse response) {
        @Nullable String known = request.getHeader("If-None-Match");
        if (known == null || !known.contains(of(digest))) {
            return false;
        }
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return true;
    }
}
