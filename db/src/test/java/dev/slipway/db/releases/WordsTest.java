package dev.slipway.db.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {
    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("node server.js", List.of("node", "server.js")),
                Arguments.of("  bin/work \t --queue=a,b\n", List.of("bin/work", "--queue=a,b")),
                Arguments.of("sh -c 'a; b | c'", List.of("sh", "-c", "a; b | c")),
                Arguments.of("say \"it's \\\"so\\\" \\\\ \\n\"", List.of("say", "it's \"so\" \\ \\n")),
                Arguments.of("a\\ b c\\'d", List.of("a b", "c'd")),
                Arguments.of("--name='A B'\"C\"d", List.of("--name=A BCd")),
                Arguments.of("x '' \"\"", List.of("x", "", "")),
                Arguments.of("echo $HOME *.txt && rm -rf /", List.of("echo", "$HOME", "*.txt", "&&", "rm", "-rf", "/")),
                Arguments.of("", List.of()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsSplitIntoWordsAndNothingInItIsExecuted(String line, List<String> words) {
        assertThat(Words.split(line)).isEqualTo(words);
        assertThat(Words.split(Words.join(words))).isEqualTo(words);
    }

    @Test
    void whatIsntClosedIsToldAndNotGuessed() {
        assertThatThrownBy(() -> Words.split("sh -c 'a")).hasMessage("The quote ' isn't closed.");
        assertThatThrownBy(() -> Words.split("say \"a\\\"")).hasMessage("The quote \" isn't closed.");
        assertThatThrownBy(() -> Words.split("a \\")).hasMessageContaining("nothing behind it");
    }
}
