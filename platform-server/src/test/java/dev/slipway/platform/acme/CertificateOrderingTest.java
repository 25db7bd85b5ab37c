package dev.slipway.platform.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.domains.AcmeStore;
import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.CertificateOrders;
import dev.slipway.db.domains.FrontStore;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Home;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.domains.CertificateService;
import dev.slipway.platform.domains.DnsLook;
import dev.slipway.platform.domains.Lookups;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

/// Orders at an authority that speaks the protocol, which fetches the proofs from what stands for the front door.
@RunningPlatform
@Timeout(60)
class CertificateOrderingTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Autowired
    private Database database;

    @Autowired
    private AppService apps;

    @Autowired
    private CertificateService certificates;

    @Autowired
    private MasterKey masterKey;

    @Autowired
    private Home home;

    private HttpServer frontDoor;
    private AcmeServer authority;
    private CertificateOrders orders;
    private App app;
    private HostName host;

    @BeforeEach
    void start() throws IOException {
        FrontStore front = new FrontStore(database);
        frontDoor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        frontDoor.createContext("/.well-known/acme-challenge/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String answer = front.challenges().get(path.substring(path.lastIndexOf('/') + 1));
            byte[] body = (answer == null ? "no such token" : answer).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        frontDoor.start();
        authority = new AcmeServer(frontDoor.getAddress().getPort());
        orders = new CertificateOrders(database);
        app = new Given(apps, database, home).app("acme");
        host = HostName.of(app.name() + ".example.com");
        orders.want(host, app.id());
    }

    @AfterEach
    void stop() {
        apps.delete(app.name().value(), "admin");
        authority.close();
        frontDoor.stop(0);
    }

    private CertificateOrdering ordering(DnsLook dns) {
        return ordering(dns, frontDoor.getAddress().getPort());
    }

    private CertificateOrdering ordering(DnsLook dns, int port) {
        AcmeSettings settings =
                new AcmeSettings(URI.create(authority.directory()), "ops@example.com", "127.0.0.1:" + port);
        return new CertificateOrdering(
                orders,
                new AcmeAuthority(settings, new AcmeStore(database), masterKey),
                certificates,
                dns,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private CertificateOrder order() {
        return orders.find(host).orElseThrow();
    }

    @Test
    void aCertificateIsHadKeptAndRenewedInTime() {
        ordering(Lookups.everywhere()).look();
        CertificateOrder order = order();
        assertThat(order.state()).isEqualTo(CertificateOrder.State.ISSUED);
        assertThat(order.message()).isNull();
        Certificate certificate = certificates.list(app.name().value()).getFirst();
        assertThat(certificate.id()).isEqualTo(order.certificateId());
        assertThat(certificate.names()).containsExactly(host.value());
        assertThat(certificate.automatic()).isTrue();
        assertThat(order.dueAt())
                .isBetween(
                        certificate.notAfter().minus(Duration.ofDays(31)),
                        certificate.notAfter().minus(Duration.ofDays(29)));
        assertThat(new FrontStore(database).challenges()).isEmpty();

        ordering(Lookups.everywhere()).look();
        assertThat(authority.issued()).isEqualTo(1);
        database.jdbc().sql("UPDATE certificate_orders SET due_at = now()").update();
        ordering(Lookups.everywhere()).look();
        assertThat(authority.issued()).isEqualTo(2);
        assertThat(authority.accounts()).isEqualTo(1);
        assertThat(certificates.list(app.name().value())).hasSize(2);
    }

    @Test
    void theNextOneIsHadAtOnceWhenTheCertificateIsRemoved() {
        ordering(Lookups.everywhere()).look();
        long removed = certificates.list(app.name().value()).getFirst().id();
        certificates.remove(app.name().value(), removed, "admin");
        assertThat(order().state()).isEqualTo(CertificateOrder.State.WAITING);

        ordering(Lookups.everywhere()).look();
        assertThat(order().state()).isEqualTo(CertificateOrder.State.ISSUED);
        assertThat(certificates.list(app.name().value()))
                .extracting(Certificate::id)
                .containsExactly(order().certificateId())
                .doesNotContain(removed);
    }

    @Test
    void removingOneThatWasRenewedSinceOrdersNothing() {
        ordering(Lookups.everywhere()).look();
        Certificate old = certificates.list(app.name().value()).getFirst();
        database.jdbc().sql("UPDATE certificate_orders SET due_at = now()").update();
        ordering(Lookups.everywhere()).look();
        certificates.remove(app.name().value(), old.id(), "admin");
        ordering(Lookups.everywhere()).look();
        assertThat(authority.issued()).isEqualTo(2);
        assertThat(order().state()).isEqualTo(CertificateOrder.State.ISSUED);
    }

    @Test
    void anOrderThatFailedIsntTriedSoonerBecauseTheOldCertificateIsRemoved() {
        ordering(Lookups.everywhere()).look();
        database.jdbc().sql("UPDATE certificate_orders SET due_at = now()").update();
        authority.limit("too many certificates");
        ordering(Lookups.everywhere()).look();
        certificates.remove(
                app.name().value(),
                certificates.list(app.name().value()).getFirst().id(),
                "admin");
        assertThat(order().state()).isEqualTo(CertificateOrder.State.FAILED);
        assertThat(order().dueAt()).isAfter(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void withoutADnsRecordNobodyIsAsked() {
        ordering(Lookups.nowhere()).look();
        assertThat(order().state()).isEqualTo(CertificateOrder.State.FAILED);
        assertThat(order().message()).contains("There is no DNS record for " + host);
        assertThat(order().dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(authority.accounts()).isZero();
    }

    @Test
    void aRefusalIsShownInTheAuthoritysWordsAndItsTimeIsKept() {
        authority.limit("too many certificates (5) already issued for this exact set of domains");
        ordering(Lookups.everywhere()).look();
        assertThat(order().message())
                .isEqualTo("too many certificates (5) already issued for this exact set of domains");
        assertThat(order().failures()).isEqualTo(1);
        assertThat(order().dueAt()).isAfter(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void aFrontDoorThatDoesNotAnswerIsSaidAndTheAuthorityIsntTroubled() throws IOException {
        frontDoor.stop(0);
        ordering(Lookups.everywhere()).look();
        assertThat(order().message()).contains("doesn't answer the authority's challenge");
        assertThat(order().dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
        assertThat(new FrontStore(database).challenges()).isEmpty();
    }

    @Test
    void anAuthorityThatIsAwayIsAskedAgainLater() {
        authority.close();
        ordering(Lookups.everywhere()).look();
        assertThat(order().state()).isEqualTo(CertificateOrder.State.FAILED);
        assertThat(order().message()).contains("can't be asked");
    }
}
