package dev.slipway.platform.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Which part of a list is asked for (distribution spec, "Listing Tags"): at most `size` items after `last`.
record Page(int size, String last) {
    static final int LARGEST = 1000;

    /// @throws RegistryException when `n` isn't a number ≥ 0
    static Page of(Query query) {
        int size = query.get("n").map(Page::size).orElse(LARGEST);
        return new Page(size, query.get("last").orElse(""));
    }

    private static int size(String n) {
        if (n.length() > 9 || !n.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RegistryException(ErrorCode.UNSUPPORTED, 400, "\"n\" must be a number of items.", Map.of());
        }
        return Math.min(Integer.parseInt(n), LARGEST);
    }

    /// The value of the `Link` header that leads from `path` to the items after `last`.
    String link(String path, String last) {
        return "<" + path + "?n=" + size + "&last=" + URLEncoder.encode(last, StandardCharsets.UTF_8) + ">; rel=\"next\"";
    }
}
