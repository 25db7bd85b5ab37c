package dev.slipway.platform.api;

import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.Redirect;
import dev.slipway.platform.domains.DnsAnswer;
import dev.slipway.platform.domains.DomainView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A domain as the API shows it.
record DomainItem(
        long id,

        @Schema(description = "As in DNS: lower case, Punycode; *.example.com is any one label before it")
        String host,

        String path,
        String url,
        boolean stripPath,

        @Schema(description = "Another host to which visitors are sent instead, at the same path") @Nullable
        String redirectTo,

        @Nullable Integer redirectStatus,
        boolean forceHttps,
        long hstsSeconds,
        boolean automaticCertificate,
        Dns dns,

        @Schema(description = "What visitors of https are shown; null when there is none") @Nullable
        CertificateItem certificate,

        @Nullable Order order,
        String createdBy,
        Instant createdAt) {

    /// What DNS says now.
    record Dns(DnsAnswer.Pointing pointing, List<String> addresses) {}

    /// How the automatic certificate goes; `message` is why it failed last.
    record Order(CertificateOrder.State state, @Nullable String message, int failures, Instant dueAt) {
        static Order of(CertificateOrder order) {
            return new Order(order.state(), order.message(), order.failures(), order.dueAt());
        }
    }

    static DomainItem of(DomainView view) {
        Domain domain = view.domain();
        Redirect redirect = domain.settings().redirect();
        return new DomainItem(
                domain.id(),
                domain.host().value(),
                domain.path().value(),
                view.url(),
                domain.settings().stripPath(),
                redirect == null ? null : redirect.to().value(),
                redirect == null ? null : redirect.status(),
                domain.settings().forceHttps(),
                domain.settings().hsts().toSeconds(),
                domain.settings().automatic(),
                new Dns(view.dns().pointing(), view.dns().addresses()),
                view.certificate() == null ? null : CertificateItem.of(view.certificate()),
                view.order() == null ? null : Order.of(view.order()),
                domain.createdBy(),
                domain.createdAt());
    }
}
