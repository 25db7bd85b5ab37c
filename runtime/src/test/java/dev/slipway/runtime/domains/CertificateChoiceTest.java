package dev.slipway.runtime.domains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.domains.Known.KnownCertificate;
import dev.slipway.runtime.domains.Known.KnownDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CertificateChoiceTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static Map<String, List<Long>> choice(List<KnownDomain> domains, KnownCertificate... certificates) {
        return new CertificateChoice(new Known(domains, List.of(certificates), Map.of(), List.of()), "plat.test", NOW)
                .byHost().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().stream()
                                        .map(KnownCertificate::id)
                                        .toList()));
    }

    private static KnownDomain domain(String app, String host) {
        return new KnownDomain(app, host, "/", false, null, 0, false, 0);
    }

    private static KnownCertificate certificate(long id, @Nullable String app, int days, String... names) {
        return new KnownCertificate(
                id,
                app,
                List.of(names),
                "",
                new byte[0],
                NOW.plus(Duration.ofDays(days)).getEpochSecond());
    }

    @Test
    void theVeryNameGoesBeforeAWildcardAndTheOneThatHoldsLongestFirst() {
        assertThat(choice(
                        List.of(domain("shop", "a.test.example")),
                        certificate(1, "shop", 300, "*.test.example"),
                        certificate(2, "shop", 10, "a.test.example"),
                        certificate(3, "shop", 60, "a.test.example", "b.test.example")))
                .containsEntry("a.test.example", List.of(3L, 2L, 1L));
    }

    @Test
    void whatHasEndedIsShownOnlyWhenThereIsNothingElse() {
        assertThat(choice(
                        List.of(domain("shop", "a.test.example")),
                        certificate(1, "shop", -1, "a.test.example"),
                        certificate(2, "shop", 1, "*.test.example")))
                .containsEntry("a.test.example", List.of(2L, 1L));
    }

    @Test
    void nobodyPutsTheirsBeforeSomebodyElses() {
        assertThat(choice(
                        List.of(domain("shop", "a.example"), domain("evil", "b.example")),
                        certificate(1, "evil", 300, "a.example", "b.example", "plat.test", "shop.plat.test"),
                        certificate(2, "shop", 10, "a.example")))
                .isEqualTo(Map.of("a.example", List.of(2L), "b.example", List.of(1L)));
    }

    @Test
    void thePlatformsAreForItsOwnNamesAndForAnyDomain() {
        assertThat(choice(
                        List.of(domain("shop", "a.example")),
                        certificate(1, null, 10, "plat.test", "*.plat.test", "a.example", "c.example")))
                .isEqualTo(Map.of("plat.test", List.of(1L), "*.plat.test", List.of(1L), "a.example", List.of(1L)));
    }

    @Test
    void aNameBelowAWildcardDomainMayHaveItsOwn() {
        assertThat(choice(
                        List.of(domain("shop", "*.shops.example")),
                        certificate(1, "shop", 10, "one.shops.example"),
                        certificate(2, "shop", 10, "*.shops.example")))
                .isEqualTo(Map.of("one.shops.example", List.of(1L, 2L), "*.shops.example", List.of(2L)));
    }
}
