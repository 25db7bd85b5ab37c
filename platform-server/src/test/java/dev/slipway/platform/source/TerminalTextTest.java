package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
    /// `^[` stands for ESC, `^G` for BEL, `^H` for backspace, `^M` for carriage return.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text                    | plain text",
                "über ✓ 日本語                  | über ✓ 日本語",
                "^[[31mred^[[0m                | ^[[31mred^[[0m^[[0m",
                "^[[1;38;2;10;20;30mx          | ^[[1;38;2;10;20;30mx^[[0m",
                "a^[[2Jb                       | ab",
                "a^[[10;20Hb                   | ab",
                "a^[[?25lb                     | ab",
                "a^[]0;new title^Gb            | ab",
                "a^[]8;;http://x^[\\link        | alink",
                "a^[]0;unterminated            | a",
                "a^[Pdcs^[\\b                   | ab",
                "a^[cb                         | ab",
                "a^[(0b                        | ab",
                "a^[7b^[8                      | ab",
                "a^Gb^Hc                       | abc",
                "10%^M20%^M30%                 | 30%",
                "done^M                        | done",
                "a^[                           | a",
                "a^[[                          | a",
            })
    void onlyColoursAreLeftOfControlSequences(String line, String clean) {
        assertThat(TerminalText.clean(control(line))).isEqualTo(control(clean));
    }

    @Test
    void eightBitControlsAndTextTurnersAreTakenOut() {
        assertThat(TerminalText.clean("a\u009b31mb\u0085c\u202ed\u2066e\u200ff"))
                .isEqualTo("a31mbcdef");
    }

    @Test
    void noLineBreaksOut() {
        assertThat(TerminalText.clean("a\nb\u2028c\u000bd")).doesNotContain("\n", "\u2028", "\u000b");
    }

    @Test
    void longLinesAreCutWhereNothingIsSplit() {
        assertThat(TerminalText.clean("x".repeat(5_000)))
                .startsWith("x".repeat(2_000))
                .endsWith(" … (3000 more characters)");
        assertThat(TerminalText.clean("x".repeat(1_999) + "😀😀")).startsWith("x".repeat(1_999) + " …");
        assertThat(TerminalText.clean("x".repeat(1_998) + "\u001b[31mred")).startsWith("x".repeat(1_998) + " …");
        assertThat(TerminalText.clean("x".repeat(2_000))).hasSize(2_000);
    }

    @Test
    void aHugeLineTakesLittleTime() {
        String evil = "\u001b]".repeat(50_000) + "\u001b[" + "1;".repeat(50_000);
        assertThat(TerminalText.clean(evil).length()).isLessThan(2_100);
    }

    private static String control(String text) {
        return text.replace("^[", "\u001b")
                .replace("^G", "\u0007")
                .replace("^H", "\b")
                .replace("^M", "\r");
    }
}
