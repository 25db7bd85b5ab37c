package dev.slipway.ui.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldTest {
    @Test
    void theLastLinesStandApartFromTheSentence() {
        assertThat(Told.of("RUN npm ci (Dockerfile line 9) exited with 1. Last lines:\nnpm error\nno such host"))
                .isEqualTo(new Told("RUN npm ci (Dockerfile line 9) exited with 1.", "npm error\nno such host"));
        assertThat(Told.of("It exited. Last line: boom")).isEqualTo(new Told("It exited.", "boom"));
    }

    @Test
    void withoutLinesThereIsOnlyTheSentence() {
        assertThat(Told.of("The image exposes no port.")).isEqualTo(new Told("The image exposes no port.", ""));
        assertThat(Told.of(null)).isEqualTo(new Told("", ""));
    }
}
