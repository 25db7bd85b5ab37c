package dev.slipway.runtime.domains;

import dev.slipway.runtime.domains.Known.KnownCertificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which certificates are for which host, the best first: one that hasn't ended, then one with the very name,
/// then the one that holds longest. An app's certificate is only for hosts of its own domains, so nobody can
/// put theirs before somebody else's; the platform's are for its own names, and for any domain.
final class CertificateChoice {
    private final Known known;
    private final String platform;
    private final Instant now;

    /// @param platform the platform's own domain; apps are one label below it
    CertificateChoice(Known known, String platform, Instant now) {
        this.known = known;
        this.platform = platform;
        this.now = now;
    }

    Map<String, List<KnownCertificate>> byHost() {
        TreeSet<String> hosts = new TreeSet<>();
        known.domains().forEach(domain -> hosts.add(domain.host()));
        known.certificates().forEach(certificate -> hosts.addAll(certificate.names()));
        Map<String, List<KnownCertificate>> choice = new TreeMap<>();
        for (String host : hosts) {
            List<KnownCertificate> fitting = known.certificates().stream()
                    .filter(certificate -> certificate.covers(host) && mayShow(certificate, host))
                    .sorted(best(host))
                    .toList();
            if (!fitting.isEmpty()) {
                choice.put(host, fitting);
            }
        }
        return choice;
    }

    private boolean mayShow(KnownCertificate certificate, String host) {
        String app = certificate.app();
        if (app == null && isPlatforms(host)) {
            return true;
        }
        return known.domains().stream()
                .anyMatch(domain ->
                        domain.matches(host) && (app == null || domain.app().equals(app)));
    }

    private boolean isPlatforms(String host) {
        return host.equals(platform) || host.substring(host.indexOf('.') + 1).equals(platform);
    }

    private Comparator<KnownCertificate> best(String host) {
        return Comparator.comparing((KnownCertificate certificate) -> certificate.ends() < now.getEpochSecond())
                .thenComparing(certificate -> !certificate.names().contains(host))
                .thenComparing(KnownCertificate::ends, Comparator.reverseOrder())
                .thenComparing(KnownCertificate::id, Comparator.reverseOrder());
    }
}
