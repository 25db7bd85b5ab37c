package dev.slipway.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.engine.Output;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineJoinerTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private final LineJoiner joiner = new LineJoiner();

    private static Output.Piece piece(Output.Stream stream, String text, boolean endsLine) {
        return new Output.Piece(stream, NOON, text.getBytes(StandardCharsets.UTF_8), endsLine);
    }

    @Test
    void piecesOfALineAreJoinedWhileTheOtherStreamGoesOn() {
        assertThat(joiner.add(piece(Output.Stream.STDOUT, "one ", false))).isEmpty();
        assertThat(joiner.add(piece(Output.Stream.STDERR, "error", true))
                        .getFirst()
                        .text())
                .isEqualTo("error");
        assertThat(joiner.add(piece(Output.Stream.STDOUT, "line", true))
                        .getFirst()
                        .text())
                .isEqualTo("one line");
        assertThat(joiner.end()).isEmpty();
    }

    @Test
    void anotherTimeIsAnotherLine() {
        joiner.add(piece(Output.Stream.STDOUT, "a", false));
        assertThat(joiner.add(new Output.Piece(Output.Stream.STDOUT, NOON.plusNanos(1), new byte[] {'b'}, true)))
                .extracting(LineJoiner.Line::text)
                .containsExactly("a", "b");
    }

    @Test
    void aCharacterAtTheSeamStaysWhole() {
        byte[] ship = "🚢".getBytes(StandardCharsets.UTF_8);
        joiner.add(new Output.Piece(Output.Stream.STDOUT, NOON, new byte[] {ship[0], ship[1]}, false));
        assertThat(joiner.add(new Output.Piece(Output.Stream.STDOUT, NOON, new byte[] {ship[2], ship[3]}, true))
                        .getFirst()
                        .text())
                .isEqualTo("🚢");
    }

    @Test
    void whatIsTooLongIsCutHoweverLongItGets() {
        String piece = "x".repeat(16 << 10);
        for (int i = 0; i < 1_000; i++) {
            joiner.add(piece(Output.Stream.STDOUT, piece, false));
        }
        String line =
                joiner.add(piece(Output.Stream.STDOUT, "end", true)).getFirst().text();
        assertThat(line).hasSizeLessThan(LineText.LONGEST + 50).endsWith(" bytes more");
    }

    @Test
    void aLastLineWithoutAnEndIsALine() {
        joiner.add(piece(Output.Stream.STDERR, "panic", false));
        assertThat(joiner.end())
                .singleElement()
                .extracting(LineJoiner.Line::text)
                .isEqualTo("panic");
    }
}
