package dev.slipway.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000;
    private final Allowance allowance = new Allowance(100, 1_000, 0);

    @Test
    void aBurstPassesAndThenWhatTheRateAllows() {
        assertThat(allowance.take(1_000, 0)).isTrue();
        assertThat(allowance.take(1, 0)).isFalse();
        assertThat(allowance.take(99, SECOND)).isTrue();
        assertThat(allowance.take(101, 2 * SECOND)).isFalse();
    }

    @Test
    void thePauseLastsUntilASecondsWorthIsThere() {
        allowance.take(1_100, 0);
        assertThat(allowance.pause(0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(allowance.pause(SECOND)).isEqualTo(Duration.ofSeconds(1));
        assertThat(allowance.pause(3 * SECOND)).isZero();
    }

    @Test
    void itNeverHoldsMoreThanABurst() {
        assertThat(allowance.take(1_000, 1_000 * SECOND)).isTrue();
        assertThat(allowance.take(1, 1_000 * SECOND)).isFalse();
    }
}
