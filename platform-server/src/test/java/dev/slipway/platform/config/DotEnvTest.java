package dev.slipway.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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
    void valuesInQuotesGoOverLines() {
        assertThat(DotEnv.parse("KEY=\"-----BEGIN\r\nabc==\r\n-----END\" # pem\r\nexport\tB='x\n # y'\nC=3"))
                .isEqualTo(Map.of("KEY", "-----BEGIN\nabc==\n-----END", "B", "x\n # y", "C", "3"));
    }

    @Test
    void aMarkOfTheByteOrderIsNoPartOfTheFirstName() {
        assertThat(DotEnv.parse("\uFEFFA=1")).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void aCommentInPlaceOfAValueIsNoValue() {
        assertThat(DotEnv.parse("A= # nothing\nC=a#b\nD='#x'\nE= '#x' #x"))
                .isEqualTo(Map.of("A", "", "C", "a#b", "D", "#x", "E", "#x"));
    }

    @Test
    void aValueThatBeginsLikeACommentIsRefusedInsteadOfLost() {
        assertThatThrownBy(() -> DotEnv.parse("A=1\nB=#s3cret"))
                .hasMessageContaining("Line 2 begins a value with #")
                .hasMessageContaining("in quotes")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aLongRunOfBlanksTakesNoLongTime() {
        String blanks = " ".repeat(1 << 20);
        assertTimeout(Duration.ofSeconds(2), () -> {
            assertThat(DotEnv.parse("A=b" + blanks + "c")).hasSize(1);
            assertThatThrownBy(() -> DotEnv.parse(blanks + "?")).hasMessageContaining("Line 1");
        });
    }

    @Test
    void errorsCountLinesAlsoAfterValuesOfSeveral() {
        assertThatThrownBy(() -> DotEnv.parse("A=\"1\n2\n3\"\nMIIEvQ/s3cret=="))
                .hasMessageContaining("Line 4 isn't of the form")
                .hasMessageContaining("in quotes")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> DotEnv.parse("A=1\nB='it's s3cret'"))
                .hasMessageContaining("Line 2 goes on after")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> DotEnv.parse("\nA='s3cret\nB=2")).hasMessageContaining("Line 2 begins a value");
    }

    @Test
    void whatIsWrittenIsReadAsItWasWhateverItIs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int turn = 0; turn < 3_000; turn++) {
            Map<String, String> variables = new TreeMap<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                variables.put("N" + random.nextInt(100), text(random));
            }
            assertThat(DotEnv.parse(DotEnv.write(variables)))
                    .as("seed %d, turn %d", seed, turn)
                    .isEqualTo(variables);
        }
    }

    private static String text(Random random) {
        String awkward = "\"'\\$`#=\n\r\t !{}();&|<>*?~abcnrt0 \u00E4\u2028\uD83D\uDE00";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(awkward.charAt(random.nextInt(awkward.length())));
        }
        return text.toString();
    }

    @Test
    void namesAloneAreCommentsSoThatReadingThemChangesNothing() {
        assertThat(DotEnv.names(List.of("A", "B"))).endsWith("# A=\n# B=\n");
        assertThat(DotEnv.parse(DotEnv.names(List.of("A", "B")))).isEmpty();
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
