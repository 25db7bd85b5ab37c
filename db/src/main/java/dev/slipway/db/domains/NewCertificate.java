package dev.slipway.db.domains;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A checked certificate to be stored. `sealedKey`: see [CertificateStore#KEY_PURPOSE].
public record NewCertificate(
        @Nullable Long appId,
        List<String> names,
        String chain,
        byte[] sealedKey,
        String issuer,
        String fingerprint,
        Instant notBefore,
        Instant notAfter,
        boolean automatic,
        String createdBy) {

    /// Without the key.
    @Override
    public String toString() {
        return "NewCertificate[" + String.join(", ", names) + "]";
    }
}
