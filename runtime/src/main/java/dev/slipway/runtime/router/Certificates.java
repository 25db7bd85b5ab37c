package dev.slipway.runtime.router;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which certificate each host shows.
///
/// @param byHost the best first; `*.example.com` for any one label before `example.com`
public record Certificates(Map<String, List<Entry>> byHost) {
    public static final Certificates NONE = new Certificates(Map.of());

    /// A certificate with its chain and key. `id` names this very certificate.
    public record Entry(String id, PrivateKey key, List<X509Certificate> chain) {
        public Entry {
            chain = List.copyOf(chain);
        }

        /// Without the key.
        @Override
        public String toString() {
            return "Certificate[" + id + "]";
        }
    }

    public Certificates {
        byHost = Map.copyOf(byHost);
    }

    /// A host with a name of its own shows only what is for that name.
    List<Entry> of(String host) {
        List<Entry> named = byHost.get(host);
        int dot = host.indexOf('.');
        return named != null || dot < 0
                ? Optional.ofNullable(named).orElse(List.of())
                : byHost.getOrDefault("*" + host.substring(dot), List.of());
    }

    boolean cover(String host) {
        return !of(host).isEmpty();
    }
}
