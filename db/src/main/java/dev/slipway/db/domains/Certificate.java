package dev.slipway.db.domains;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate without its key.
///
/// @param appId null: of the platform itself
/// @param names DNS names that it is good for, `*.example.com` among them
/// @param chain PEM, its own certificate first
/// @param fingerprint SHA-256 of the certificate, in hex
/// @param automatic had by ACME, and renewed
public record Certificate(
        long id,
        @Nullable Long appId,
        List<String> names,
        String chain,
        String issuer,
        String fingerprint,
        Instant notBefore,
        Instant notAfter,
        boolean automatic,
        String createdBy,
        Instant createdAt) {

    public Certificate {
        names = List.copyOf(names);
    }

    /// Good for that host by one of its names (RFC 6125, 6.4.3: `*` is one whole label).
    public boolean covers(HostName host) {
        String parent = "*" + host.value().substring(Math.max(0, host.value().indexOf('.')));
        return names.contains(host.value()) || names.contains(parent);
    }
}
