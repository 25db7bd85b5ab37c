package dev.slipway.platform.domains;

/// A certificate of one's own as PEM: its own certificate first, then those that vouch for it.
public record CertificateUpload(String chain, String key) {
    /// Without the key.
    @Override
    public String toString() {
        return "CertificateUpload[***]";
    }
}
