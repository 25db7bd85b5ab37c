package dev.slipway.platform.api;

import dev.slipway.db.domains.Certificate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/// A certificate, without its key, which is never shown again.
///
/// @param fingerprint SHA-256 of the certificate, in hex
record CertificateItem(
        long id,

        @Schema(description = "DNS names that it is good for")
        List<String> names,

        String issuer,
        String fingerprint,
        Instant notBefore,
        Instant notAfter,
        boolean automatic,
        String createdBy,
        Instant createdAt) {
    static CertificateItem of(Certificate certificate) {
        return new CertificateItem(
                certificate.id(),
                certificate.names(),
                certificate.issuer(),
                certificate.fingerprint(),
                certificate.notBefore(),
                certificate.notAfter(),
                certificate.automatic(),
                certificate.createdBy(),
                certificate.createdAt());
    }
}
