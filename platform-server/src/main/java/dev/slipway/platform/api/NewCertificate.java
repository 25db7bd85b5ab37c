package dev.slipway.platform.api;

import dev.slipway.platform.domains.CertificateUpload;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/// A certificate of one's own.
record NewCertificate(
        @Schema(description = "PEM: the site's own certificate, then each one's issuer")
        @NotNull(message = "chain is missing: the certificate in PEM, and those that vouch for it.")
        String chain,

        @Schema(description = "PEM: an RSA or elliptic curve key without a password; it is stored encrypted")
        @NotNull(message = "key is missing: the certificate's private key in PEM.")
        String key) {
    CertificateUpload toUpload() {
        return new CertificateUpload(chain, key);
    }

    /// Without the key.
    @Override
    public String toString() {
        return "NewCertificate[***]";
    }
}
