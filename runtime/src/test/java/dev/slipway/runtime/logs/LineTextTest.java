package dev.slipway.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTextTest {
    /// `^` stands for the escape character, `\r`, `\b` and `\a` for theirs.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain text|plain text",
                "größer 漢字 🚢|größer 漢字 🚢",
                "^[31mred^[0m and ^[1;38;5;208mbold^[m|^[31mred^[0m and ^[1;38;5;208mbold^[m",
                "^[2J^[1;1Hcleared|cleared",
                "^]0;a title\\a after|' after'",
                "^]8;;http://example.org^\\link|link",
                "^Pdevice^\\x|x",
                "10 %\\r20 %|10 % 20 %",
                "ends with a return\\r|ends with a return",
                "back\\bspace\\a|backspace",
                "^c^(Breset|reset",
                "half ^[|half ",
            })
    void coloursStayAndControlGoes(String raw, String shown) {
        byte[] bytes = unescaped(raw).getBytes(StandardCharsets.UTF_8);
        assertThat(LineText.of(bytes, bytes.length, 0))
                .isEqualTo(unescaped(shown).replace("'", ""));
    }

    private static String unescaped(String text) {
        return text.replace("^\\", "\u001b\\")
                .replace('^', '\u001b')
                .replace("\\r", "\r")
                .replace("\\b", "\b")
                .replace("\\a", "\u0007");
    }

    @Test
    void whatIsntUtf8IsReplacedAndC1ControlsGo() {
        byte[] bytes = {'a', (byte) 0xff, 'b', (byte) 0xc2, (byte) 0x9b, '3', '1', 'm', '\t', 'c', 0};
        assertThat(LineText.of(bytes, bytes.length, 0)).isEqualTo("a\ufffdb31m\tc");
    }

    @Test
    void aCutLineSaysSo() {
        byte[] bytes = "begin".getBytes(StandardCharsets.UTF_8);
        assertThat(LineText.of(bytes, bytes.length, 1_234_567)).isEqualTo("begin … 1,234,567 bytes more");
    }

    @Test
    void alongRunOfEscapesTakesNoTime() {
        byte[] bytes = "\u001b[".repeat(32_000).getBytes(StandardCharsets.UTF_8);
        assertThat(LineText.of(bytes, bytes.length, 0)).doesNotContain("\u001b");
    }
}
