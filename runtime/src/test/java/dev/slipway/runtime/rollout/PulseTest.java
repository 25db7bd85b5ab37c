package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.probe.Probe;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// `+` is a good answer, `-` a failure, one each second.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            answers        | threshold | answers visitors | standing
            ''             | 3         | false            | WELL
            --             | 3         | false            | WELL
            ---            | 3         | false            | AILING
            --------       | 3         | false            | AILING
            ---------      | 3         | false            | GIVEN_UP
            ---------      | 3         | true             | AILING
            ---------+     | 3         | false            | WELL
            ---------+--   | 3         | false            | WELL
            --+--+--+--+-- | 3         | false            | WELL
            -              | 1         | false            | AILING
            ---            | 1         | false            | GIVEN_UP
            """, useHeadersInDisplayName = true)
    void failuresInARowDecide(String answers, int threshold, boolean answersVisitors, Pulse.Standing standing) {
        assertThat(pulse(answers).standing(threshold, answersVisitors)).isEqualTo(standing);
    }

    @Test
    void whatIsToldBeginsWithTheFirstFailureAndEndsWithTheLastAnswer() {
        Pulse pulse = pulse("-+---");
        assertThat(pulse.told(NOW.plusSeconds(42)))
                .isEqualTo("hasn't passed its health check for 40 s: it answered: 503 Service Unavailable 5");
        assertThat(Pulse.GOOD.after(new Probe.Answer.Refused(), NOW).told(NOW))
                .isEqualTo("hasn't passed its health check for 1 s: it refused the connection");
    }

    private static Pulse pulse(String answers) {
        Pulse pulse = Pulse.GOOD;
        for (int i = 0; i < answers.length(); i++) {
            Probe.Answer answer = answers.charAt(i) == '+'
                    ? new Probe.Answer.Healthy()
                    : new Probe.Answer.Unhealthy("503 Service Unavailable " + (i + 1));
            pulse = pulse.after(answer, NOW.plusSeconds(i));
        }
        return pulse;
    }
}
