package dev.slipway.ui.preview;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.CertificateOrders;
import dev.slipway.db.domains.CertificateStore;
import dev.slipway.db.domains.DomainSettings;
import dev.slipway.db.domains.DomainStore;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.domains.NewCertificate;
import dev.slipway.db.domains.PathPrefix;
import dev.slipway.db.domains.Redirect;
import dev.slipway.db.secrets.MasterKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An app's own domains in different states.
final class SampleDomains {
    private final DomainStore domains;
    private final CertificateStore certificates;
    private final CertificateOrders orders;
    private final MasterKey key;

    SampleDomains(Database database, MasterKey key) {
        this.domains = new DomainStore(database);
        this.certificates = new CertificateStore(database);
        this.orders = new CertificateOrders(database);
        this.key = key;
    }

    void of(App app) {
        add(app, "shop.example.com", "/", settings(null, true));
        add(app, "www.shop.example.com", "/", settings(new Redirect(HostName.of("shop.example.com"), 308), true));
        add(app, "shop.example.com", "/api", new DomainSettings(true, null, true, Duration.ZERO, false));
        add(app, "müller-und-söhne.example", "/", settings(null, true));
        add(app, "*.customers.example.net", "/", DomainSettings.DEFAULT);
        certificate(app, true, Duration.ofDays(71), "shop.example.com");
        certificate(app, false, Duration.ofDays(9), "*.customers.example.net", "customers.example.net");
        orders.want(HostName.of("müller-und-söhne.example"), app.id());
        orders.claim(Duration.ofMinutes(1)).ifPresent(this::fail);
    }

    private void fail(CertificateOrder order) {
        orders.failed(
                order,
                "DNS problem: NXDOMAIN looking up A for xn--mller-und-shne-7pb9f.example - check that a DNS record exists for this domain",
                Instant.now().plus(Duration.ofMinutes(50)));
    }

    private void add(App app, String host, String path, DomainSettings settings) {
        domains.create(app.id(), HostName.of(host), PathPrefix.of(path), settings, "admin");
    }

    private static DomainSettings settings(@Nullable Redirect redirect, boolean automatic) {
        return new DomainSettings(false, redirect, true, Duration.ZERO, automatic);
    }

    private void certificate(App app, boolean automatic, Duration holds, String... names) {
        certificates.add(new NewCertificate(
                app.id(),
                List.of(names),
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                key.encrypt(CertificateStore.KEY_PURPOSE, "sample"),
                automatic ? "R11" : "Example CA 2",
                "00".repeat(32),
                Instant.now().minus(Duration.ofDays(19)),
                Instant.now().plus(holds),
                automatic,
                automatic ? "slipway" : "anna"));
    }
}
