package dev.slipway.platform.acme;

import dev.slipway.db.Database;
import dev.slipway.db.domains.AcmeStore;
import dev.slipway.db.domains.CertificateOrders;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Rounds;
import dev.slipway.platform.Variables;
import dev.slipway.platform.domains.CertificateService;
import dev.slipway.platform.domains.DnsLook;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The parts of this package put together.
@Configuration(proxyBeanMethods = false)
class AcmeConfiguration {

    /// Without an authority nothing is ordered.
    @Bean(initMethod = "start", destroyMethod = "close")
    Rounds certificateRounds(
            Variables variables, Database database, MasterKey masterKey, CertificateService certificates, DnsLook dns) {
        Rounds rounds = new Rounds("acme");
        return AcmeSettings.from(variables)
                .map(settings -> new CertificateOrdering(
                        new CertificateOrders(database),
                        new AcmeAuthority(settings, new AcmeStore(database), masterKey),
                        certificates,
                        dns,
                        Clock.systemUTC()))
                .map(ordering -> rounds.every(Duration.ofSeconds(5), "certificates", ordering::look))
                .orElse(rounds);
    }
}
