package dev.slipway.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            A=1                      | A | 1
            export A=1               | A | 1
            A = with spaces  # note  | A | with spaces
            A=a#b                    | A | a#b
            A=x=y                    | A | x=y
            A=                       | A | ``
            A="two\\nlines \\"x\\" \\$B" | A | `two
            lines "x" $B`
            A='as \\n it $is'        | A | as \\n it $is
            """)
    void aLineIsAVariable(String line, String name, String value) {
        assertThat(DotEnv.parse(line)).isEqualTo(Map.of(name, value));
    }

    @Test
    void commentsAndEmptyLinesAreSkippedAndTheLastOfANameCounts() {
        assertThat(DotEnv.parse("# a\n\r\nA=1\r\n  B=2\nA=3")).isEqualTo(Map.of("A", "3", "B", "2"));
    }

    @Test
    void whatIsNoVariableIsNamedByItsLineOnly() {
        assertThatThrownBy(() -> DotEnv.parse("A=1\ns3cret"))
                .hasMessageContaining("Line 2")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> DotEnv.parse("A=\"s3cret"))
                .hasMessageContaining("Line 1")
                .hasMessageNotContaining("s3cret");
    }
}
