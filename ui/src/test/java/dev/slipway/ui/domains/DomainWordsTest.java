package dev.slipway.ui.domains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.DomainSettings;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.domains.PathPrefix;
import dev.slipway.db.domains.Redirect;
import dev.slipway.platform.domains.DnsAnswer;
import dev.slipway.platform.domains.DomainView;
import dev.slipway.ui.parts.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DomainWordsTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void eachAnswerOfDnsSaysWhatToDo() {
        assertThat(dns(DnsAnswer.Pointing.HERE).status().tone()).isEqualTo(Tone.GOOD);
        assertThat(dns(DnsAnswer.Pointing.ELSEWHERE).detail()).contains("192.0.2.1", "change its DNS record");
        assertThat(dns(DnsAnswer.Pointing.NOWHERE).detail()).contains("Add an A or AAAA record");
        assertThat(dns(DnsAnswer.Pointing.UNKNOWN).status().tone()).isEqualTo(Tone.NEUTRAL);
    }

    @Test
    void aCertificateIsGoodUntilItEndsSoon() {
        assertThat(https(certificate(60), null)).isEqualTo("HTTPS");
        assertThat(https(certificate(5), null)).isEqualTo("HTTPS, ends soon");
        assertThat(https(certificate(-1), null)).isEqualTo("Certificate ended");
        assertThat(https(null, null)).isEqualTo("No certificate");
        assertThat(DomainWords.https(view(certificate(60), null), false, NOW)
                        .status()
                        .word())
                .isEqualTo("HTTP");
    }

    @Test
    void anOrderThatFailsIsInTheAuthoritysWords() {
        assertThat(https(null, order(CertificateOrder.State.ORDERING, null))).isEqualTo("Getting certificate");
        DomainWords.Said failed =
                DomainWords.https(view(null, order(CertificateOrder.State.FAILED, "NXDOMAIN for a.test")), true, NOW);
        assertThat(failed.detail()).isEqualTo("NXDOMAIN for a.test");
        assertThat(failed.status().tone()).isEqualTo(Tone.BAD);
        assertThat(https(certificate(60), order(CertificateOrder.State.FAILED, "x")))
                .isEqualTo("HTTPS");
        assertThat(https(certificate(5), order(CertificateOrder.State.FAILED, "x")))
                .isEqualTo("Renewal failed");
    }

    @Test
    void withoutACertificateItIsSaidWhenTheNextOneIsOrdered() {
        for (var state : List.of(CertificateOrder.State.WAITING, CertificateOrder.State.ISSUED)) {
            assertThat(https(null, order(state, null))).isEqualTo("Certificate comes");
            assertThat(https(certificate(-1), order(state, null))).isEqualTo("Certificate comes");
            DomainWords.Said later =
                    DomainWords.https(view(null, order(state, null, NOW.plus(Duration.ofDays(60)))), true, NOW);
            assertThat(later.status().word()).isEqualTo("No certificate");
            assertThat(later.detail()).startsWith("It is ordered at ");
        }
    }

    @Test
    void howADomainBehavesIsOneLine() {
        assertThat(behaviour("/", DomainSettings.DEFAULT)).isEmpty();
        assertThat(behaviour("/api", new DomainSettings(true, null, true, Duration.ofDays(1), false)))
                .isEqualTo("Paths below /api, which the app doesn't see; always HTTPS, strict");
        assertThat(behaviour(
                        "/",
                        new DomainSettings(
                                false, new Redirect(HostName.of("b.example.com"), 301), true, Duration.ZERO, false)))
                .isEqualTo("Redirects to b.example.com (301)");
    }

    private static DomainWords.Said dns(DnsAnswer.Pointing pointing) {
        return DomainWords.dns(new DnsAnswer(pointing, List.of("192.0.2.1")));
    }

    private static String https(@Nullable Certificate certificate, @Nullable CertificateOrder order) {
        return DomainWords.https(view(certificate, order), true, NOW).status().word();
    }

    private static String behaviour(String path, DomainSettings settings) {
        return DomainWords.behaviour(domain(path, settings));
    }

    private static DomainView view(@Nullable Certificate certificate, @Nullable CertificateOrder order) {
        return new DomainView(
                domain("/", DomainSettings.DEFAULT),
                "http://a.example.com",
                new DnsAnswer(DnsAnswer.Pointing.HERE, List.of()),
                certificate,
                order);
    }

    private static Domain domain(String path, DomainSettings settings) {
        return new Domain(1, 1, HostName.of("a.example.com"), PathPrefix.of(path), settings, "ada", NOW);
    }

    private static Certificate certificate(int days) {
        return new Certificate(
                1,
                1L,
                List.of("a.example.com"),
                "",
                "Test CA",
                "",
                NOW.minus(Duration.ofDays(30)),
                NOW.plus(Duration.ofDays(days)),
                false,
                "ada",
                NOW);
    }

    private static CertificateOrder order(CertificateOrder.State state, @Nullable String message) {
        return order(state, message, NOW);
    }

    private static CertificateOrder order(CertificateOrder.State state, @Nullable String message, Instant due) {
        return new CertificateOrder("a.example.com", 1L, state, message, 1, due, null, NOW);
    }
}
