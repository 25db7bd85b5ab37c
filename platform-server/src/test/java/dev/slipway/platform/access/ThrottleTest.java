package dev.slipway.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
    private static final Backoff.Patience PATIENCE =
            new Backoff.Patience(5, Duration.ofSeconds(2), Duration.ofMinutes(15));

    private final TurnableClock clock = new TurnableClock();

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "4, 0", "5, 2", "6, 4", "7, 8", "13, 512", "14, 900", "60, 900"})
    void theWaitDoublesAfterTheFreeFailuresUpToALimit(int failures, long seconds) {
        Backoff backoff = Backoff.NONE;
        for (int i = 0; i < failures; i++) {
            backoff = backoff.failed(clock.instant(), PATIENCE);
        }
        assertThat(backoff.left(clock.instant())).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(backoff.left(clock.instant().plusSeconds(seconds))).isZero();
    }

    @Test
    void aSuccessForgetsTheFailures() {
        Throttle throttle = new Throttle(PATIENCE, clock);
        for (int i = 0; i < 5; i++) {
            throttle.failed("ada");
        }
        assertThat(throttle.wait("ada")).isEqualTo(Duration.ofSeconds(2));
        assertThat(throttle.wait("bob")).isZero();
        throttle.succeeded("ada");
        assertThat(throttle.wait("ada")).isZero();
    }

    @Test
    void failuresAreForgottenAfterAQuietTime() {
        Backoff backoff = Backoff.NONE;
        for (int i = 0; i < 5; i++) {
            backoff = backoff.failed(clock.instant(), PATIENCE);
        }
        Instant soon = clock.instant().plus(Duration.ofMinutes(10));
        assertThat(backoff.failed(soon, PATIENCE).left(soon)).isEqualTo(Duration.ofSeconds(4));
        Instant later = clock.instant().plus(Duration.ofMinutes(16));
        assertThat(backoff.failed(later, PATIENCE).failures()).isEqualTo(1);
        assertThat(backoff.failed(later, PATIENCE).left(later)).isZero();
    }

    @Test
    void aFloodOfNamesDoesNotGrowTheMemory() {
        Recent<Integer> recent = new Recent<>(100);
        for (int i = 0; i < 1_000; i++) {
            recent.add(i);
        }
        assertThat(recent.contains(899)).isFalse();
        assertThat(recent.contains(900)).isTrue();
    }

    @Test
    void aBucketGivesItsCapacityAtOnceAndThenOneEachInterval() {
        Bucket bucket = new Bucket(2, Duration.ofSeconds(1), clock);
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isEqualTo(Duration.ofSeconds(1));
        clock.turn(Duration.ofMillis(400));
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(600));
        clock.turn(Duration.ofMillis(600));
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isEqualTo(Duration.ofSeconds(1));
        clock.turn(Duration.ofHours(1));
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    @Test
    void guessesFromEverywhereAreLimitedTogetherButDontLockOutWhoWasThereBefore() {
        LoginThrottle throttle = new LoginThrottle(clock);
        throttle.attempt("admin", "192.0.2.1");
        throttle.succeeded("admin", "192.0.2.1");
        for (int i = 0; i < 20; i++) {
            throttle.attempt("admin", "198.51.100." + i);
        }
        assertThatThrownBy(() -> throttle.attempt("admin", "198.51.100.200"))
                .isInstanceOfSatisfying(
                        TooManyAttempts.class,
                        wait -> assertThat(wait.seconds()).isEqualTo(1))
                .hasMessage("There were too many failed log-ins. Try again in 1 second.");
        throttle.attempt("admin", "192.0.2.1");
    }

    @Test
    void triesAtTheSameTimeAreCountedBeforeTheyAreChecked() {
        LoginThrottle throttle = new LoginThrottle(clock);
        for (int i = 0; i < 5; i++) {
            throttle.attempt("ada", "192.0.2.1");
        }
        assertThatThrownBy(() -> throttle.attempt("ada", "192.0.2.1"))
                .isInstanceOf(TooManyAttempts.class)
                .hasMessageContaining("2 seconds");
    }

    /// Stands still until it is turned.
    private static final class TurnableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
