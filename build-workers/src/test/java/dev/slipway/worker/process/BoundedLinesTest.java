package dev.slipway.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
    @Test
    void linesComeWholeTheLastOneToo() throws IOException {
        assertThat(lines("a\n\nünï\r\nlast", 100)).containsExactly("a", "", "ünï\r", "last");
        assertThat(lines("", 100)).isEmpty();
    }

    @Test
    void whatIsTooLongIsCut() throws IOException {
        assertThat(lines("x".repeat(100_000) + "\nshort\n", 1_000)).containsExactly("x".repeat(1_000), "short");
    }

    private static List<String> lines(String text, int limit) throws IOException {
        List<String> lines = new ArrayList<>();
        new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit)
                .forEach(lines::add, () -> {});
        return lines;
    }
}
