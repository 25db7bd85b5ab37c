package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void eachDeathDoublesTheWaitUpToAMinute() {
        List<Long> waits = new ArrayList<>();
        Backoff backoff = Backoff.NONE;
        for (int i = 0; i < 9; i++) {
            backoff = backoff.failed(NOW, Duration.ofSeconds(3));
            waits.add(Duration.between(NOW, backoff.notBefore()).toSeconds());
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(backoff.announcement(NOW)).isEqualTo("restarting in 60 s, 9th time");
    }

    @Test
    void aMinuteOfHealthBeginsTheCountAnew() {
        Backoff backoff = Backoff.NONE
                .failed(NOW, Duration.ZERO)
                .failed(NOW, Duration.ZERO)
                .failed(NOW, Duration.ofSeconds(61));
        assertThat(backoff.failures()).isEqualTo(1);
        assertThat(backoff.notBefore()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void ordinalsAreEnglish() {
        assertThat(List.of(1, 2, 3, 4, 11, 12, 13, 21, 112))
                .extracting(Backoff::ordinal)
                .containsExactly("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th");
    }
}
