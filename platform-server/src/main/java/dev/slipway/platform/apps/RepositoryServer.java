package dev.slipway.platform.apps;

import java.net.URI;
import java.util.Locale;

/// Whom credentials were given for: they go to no other scheme, host or port.
record RepositoryServer(String scheme, String host, int port) {
    /// @param url a repository's, which was checked
    static RepositoryServer of(String url) {
        URI uri = URI.create(url);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("http") ? 80 : 443;
        return new RepositoryServer(
                scheme, uri.getHost().toLowerCase(Locale.ROOT), uri.getPort() < 0 ? usual : uri.getPort());
    }
}
