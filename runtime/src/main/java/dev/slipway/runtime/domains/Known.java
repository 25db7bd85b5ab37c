package dev.slipway.runtime.domains;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All of it as it is read from the tables and kept on disk. Keys stay encrypted.
///
/// @param challenges answers to certificate authorities, by token
/// @param doors of apps that have rules; files of earlier versions don't hold any
record Known(
        List<KnownDomain> domains,
        List<KnownCertificate> certificates,
        Map<String, String> challenges,
        @Nullable List<KnownDoor> doors) {
    static final Known NOTHING = new Known(List.of(), List.of(), Map.of(), List.of());

    record KnownDomain(
            String app,
            String host,
            String path,
            boolean stripPath,
            @Nullable String redirectTo,
            int redirectStatus,
            boolean forceHttps,
            int hstsSeconds) {
        /// It is about that host, by its name or as a wildcard.
        boolean matches(String name) {
            int dot = name.indexOf('.');
            return host.equals(name) || dot >= 0 && host.equals("*" + name.substring(dot));
        }
    }

    /// @param app null: of the platform itself
    /// @param chain PEM
    /// @param key encrypted
    /// @param ends when it expires, seconds since 1970
    record KnownCertificate(long id, @Nullable String app, List<String> names, String chain, byte[] key, long ends) {
        boolean covers(String host) {
            int dot = host.indexOf('.');
            return names.contains(host) || dot >= 0 && names.contains("*" + host.substring(dot));
        }

        @Override
        public String toString() {
            return "KnownCertificate[" + id + ", " + names + "]";
        }
    }
}
