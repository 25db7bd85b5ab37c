package dev.slipway.platform.domains;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.CertificateOrders;
import dev.slipway.db.domains.CertificateStore;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.DomainStore;
import dev.slipway.db.domains.HostName;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.apps.AppService;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// An app's domains as they are now.
@Service
public class DomainViews {
    private final AppService apps;
    private final DomainStore domains;
    private final CertificateStore certificates;
    private final CertificateOrders orders;
    private final DnsLook dns;
    private final Addresses addresses;

    DomainViews(Database database, AppService apps, DnsLook dns, Addresses addresses) {
        this.apps = apps;
        this.domains = new DomainStore(database);
        this.certificates = new CertificateStore(database);
        this.orders = new CertificateOrders(database);
        this.dns = dns;
        this.addresses = addresses;
    }

    /// By host, the longest path first.
    public List<DomainView> ofApp(String name) {
        App app = apps.find(name);
        return views(app.id(), domains.ofApp(app.id()));
    }

    public DomainView of(Domain domain) {
        return views(domain.appId(), List.of(domain)).getFirst();
    }

    private List<DomainView> views(long appId, List<Domain> shown) {
        Map<HostName, DnsAnswer> pointing =
                dns.of(shown.stream().map(Domain::host).distinct().toList());
        // before the certificates: an order that has ended comes with the one that it brought
        Map<String, CertificateOrder> ordered = orders.of(pointing.keySet()).stream()
                .collect(Collectors.toMap(CertificateOrder::host, Function.identity()));
        List<Certificate> usable = Stream.concat(
                        certificates.ofOwner(appId).stream(), certificates.ofOwner(null).stream())
                .toList();
        return shown.stream()
                .map(domain -> new DomainView(
                        domain,
                        url(domain, best(usable, domain.host())),
                        pointing.getOrDefault(domain.host(), DnsAnswer.UNKNOWN),
                        best(usable, domain.host()),
                        domain.settings().automatic()
                                ? ordered.get(domain.host().value())
                                : null))
                .toList();
    }

    /// In the order in which the front door chooses.
    private static @Nullable Certificate best(List<Certificate> certificates, HostName host) {
        Instant now = Instant.now();
        return certificates.stream()
                .filter(certificate -> certificate.covers(host))
                .min(Comparator.comparing((Certificate c) -> c.notAfter().isBefore(now))
                        .thenComparing(c -> !c.names().contains(host.value()))
                        .thenComparing(Certificate::notAfter, Comparator.reverseOrder())
                        .thenComparing(Certificate::id, Comparator.reverseOrder()))
                .orElse(null);
    }

    private String url(Domain domain, @Nullable Certificate certificate) {
        String path = domain.path().all() ? "" : domain.path().value();
        return addresses.custom(domain.host().value(), certificate != null) + path;
    }
}
