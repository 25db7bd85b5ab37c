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

    /// The value of the `Link` header that leads to the next page: `path` with the parameters (name, value,
    /// name, value …) that aren't empty.
    static String link(String path, String... parameters) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            if (!parameters[i + 1].isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&').append(parameters[i]).append('=');
                query.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
            }
        }
        return "<" + path + query + ">; rel=\"next\"";
    }
}
