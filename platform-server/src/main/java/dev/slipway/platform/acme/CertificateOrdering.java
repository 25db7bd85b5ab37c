package dev.slipway.platform.acme;

import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.CertificateOrders;
import dev.slipway.db.domains.HostName;
import dev.slipway.platform.domains.CertificateService;
import dev.slipway.platform.domains.DnsAnswer;
import dev.slipway.platform.domains.DnsLook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Orders what is due, one after the other. Several of these may run: each order is claimed.
final class CertificateOrdering {
    private static final Logger log = LoggerFactory.getLogger(CertificateOrdering.class);
    /// Longer than an order can take.
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration NOT_IN_DNS = Duration.ofMinutes(5);
    private static final int LONGEST_MESSAGE = 500;

    private final CertificateOrders orders;
    private final Authority authority;
    private final CertificateService certificates;
    private final DnsLook dns;
    private final Clock clock;

    CertificateOrdering(
            CertificateOrders orders, Authority authority, CertificateService certificates, DnsLook dns, Clock clock) {
        this.orders = orders;
        this.authority = authority;
        this.certificates = certificates;
        this.dns = dns;
        this.clock = clock;
    }

    /// Until nothing is due.
    void look() {
        for (Optional<CertificateOrder> due = orders.claim(LEASE); due.isPresent(); due = orders.claim(LEASE)) {
            order(due.get());
        }
    }

    private void order(CertificateOrder order) {
        HostName host = new HostName(order.host());
        try {
            DnsAnswer where =
                    dns.of(List.of(host)).getOrDefault(host, new DnsAnswer(DnsAnswer.Pointing.UNKNOWN, List.of()));
            if (where.pointing() == DnsAnswer.Pointing.NOWHERE) {
                // asking would only count as a failure there
                orders.failed(
                        order,
                        "There is no DNS record for " + host.readable() + " yet, so no authority could verify it.",
                        clock.instant().plus(NOT_IN_DNS));
                return;
            }
            Authority.Issued issued = authority.order(host);
            Certificate added = certificates.addAutomatic(order.appId(), issued.chain(), issued.key());
            orders.issued(order, added.id(), RenewalPlan.renewAt(added.notBefore(), added.notAfter()));
            log.info("{} has a certificate until {}", host, added.notAfter());
        } catch (AuthorityException e) {
            fail(order, e.words(), e.notBefore());
        } catch (RuntimeException e) {
            log.error("the order of a certificate for {} failed", host, e);
            fail(order, "Something went wrong inside Slipway: " + e.getMessage(), Optional.empty());
        }
    }

    private void fail(CertificateOrder order, String words, Optional<Instant> notBefore) {
        String message = words.length() <= LONGEST_MESSAGE ? words : words.substring(0, LONGEST_MESSAGE) + "…";
        Instant retry = RenewalPlan.retryAt(clock.instant(), order.failures(), notBefore);
        log.warn("no certificate for {}: {}; tried again at {}", order.host(), message, retry);
        orders.failed(order, message, retry);
    }
}
