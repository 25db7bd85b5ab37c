package dev.slipway.db.drains;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a log is sent: `syslog+tls://logs.example.com:6514`, `https://logs.example.com/in`. Without credentials.
public record DrainAddress(Protocol protocol, String host, int port, String url) {
    private static final int LONGEST = 1_000;
    private static final String FORMS =
            "An address looks like syslog+tls://logs.example.com:6514, syslog+tcp://…, syslog+udp://… or https://logs.example.com/in.";

    /// How lines are sent.
    public enum Protocol {
        /// RFC 5424 messages, each after its length (RFC 6587, 3.4.1)
        SYSLOG_TCP("syslog+tcp", 601),
        /// the same over TLS (RFC 5425)
        SYSLOG_TLS("syslog+tls", 6514),
        /// a message in each datagram (RFC 5426); what gets lost is lost
        SYSLOG_UDP("syslog+udp", 514),
        /// many lines in a request, each a JSON object
        HTTP("http", 80),
        HTTPS("https", 443);

        private final String scheme;
        private final int port;

        Protocol(String scheme, int port) {
            this.scheme = scheme;
            this.port = port;
        }

        public boolean isHttp() {
            return this == HTTP || this == HTTPS;
        }

        public boolean isSecure() {
            return this == SYSLOG_TLS || this == HTTPS;
        }
    }

    /// @throws IllegalArgumentException with a message for the user
    public static DrainAddress parse(String url) {
        if (url.length() > LONGEST) {
            throw new IllegalArgumentException("An address has at most " + LONGEST + " characters.");
        }
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(FORMS, e);
        }
        for (Protocol protocol : Protocol.values()) {
            if (protocol.scheme.equalsIgnoreCase(uri.getScheme())) {
                check(protocol, uri);
                int port = uri.getPort() < 0 ? protocol.port : uri.getPort();
                String host = uri.getHost().replaceAll("[\\[\\]]", "");
                return new DrainAddress(protocol, host, port, uri.toString());
            }
        }
        throw new IllegalArgumentException(FORMS);
    }

    private static void check(Protocol protocol, URI uri) {
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "Put credentials into their own field, not into the address: there they would be shown.");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535 || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(FORMS);
        }
        boolean bare =
                uri.getRawQuery() == null && uri.getRawPath().replace("/", "").isEmpty();
        if (!protocol.isHttp() && !bare) {
            throw new IllegalArgumentException("Syslog has no path: give a host and perhaps a port.");
        }
    }

    /// Path and query of a request.
    public String target() {
        URI uri = URI.create(url);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    @Override
    public String toString() {
        return url;
    }
}
