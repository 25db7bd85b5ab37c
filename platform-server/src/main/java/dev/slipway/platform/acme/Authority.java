package dev.slipway.platform.acme;

import dev.slipway.db.domains.HostName;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate authority.
interface Authority {
    /// What it issued, with the key that was made for it.
    record Issued(List<X509Certificate> chain, PrivateKey key) {
        @Override
        public String toString() {
            return "Issued[" + chain.size() + "]";
        }
    }

    /// Orders a certificate for one host. Blocks until it is there, or for some minutes.
    ///
    /// @throws AuthorityException with the authority's own words
    Issued order(HostName host) throws AuthorityException;
}
