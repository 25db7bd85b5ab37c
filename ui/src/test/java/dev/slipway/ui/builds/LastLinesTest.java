package dev.slipway.ui.builds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastLinesTest {
    @Test
    void coloursAndControlCharactersAreLeftOut() {
        assertThat(LastLines.plain("npm \u001b[31merror\u001b[0m code\u0007 1")).isEqualTo("npm error code 1");
        assertThat(LastLines.plain("\u001b]0;title\u0007text")).isEqualTo("text");
    }

    @Test
    void longLinesAreCut() {
        assertThat(LastLines.plain("x".repeat(10_000))).hasSize(301).endsWith("…");
    }
}
