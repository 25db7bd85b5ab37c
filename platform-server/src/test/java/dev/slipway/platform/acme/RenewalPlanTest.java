package dev.slipway.platform.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalPlanTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"90, 60", "6, 4", "47, 31"})
    void isRenewedWhenAThirdOfItsLifeIsLeft(int days, int after) {
        assertThat(RenewalPlan.renewAt(NOW, NOW.plus(Duration.ofDays(days))))
                .isBetween(NOW.plus(Duration.ofDays(after)), NOW.plus(Duration.ofDays(after + 1)));
    }

    @ParameterizedTest
    @CsvSource({"0, PT15M", "1, PT30M", "2, PT1H", "6, PT16H", "7, PT24H", "1000, PT24H"})
    void triesAgainMoreAndMoreSeldom(int failures, Duration wait) {
        assertThat(RenewalPlan.retryAt(NOW, failures, Optional.empty())).isEqualTo(NOW.plus(wait));
    }

    @Test
    void neverBeforeTheAuthorityWantsIt() {
        Instant theirs = NOW.plus(Duration.ofHours(30));
        assertThat(RenewalPlan.retryAt(NOW, 0, Optional.of(theirs))).isEqualTo(theirs);
        assertThat(RenewalPlan.retryAt(NOW, 0, Optional.of(NOW))).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
    }
}
