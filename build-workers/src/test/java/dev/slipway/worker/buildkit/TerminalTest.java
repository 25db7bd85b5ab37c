package dev.slipway.worker.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void onlyTheLastStateOfARewrittenLineStays() {
        assertThat(Terminal.tidy("10%\r50%\r100%\r")).isEqualTo("100%");
        assertThat(Terminal.tidy("\r\r")).isEmpty();
    }

    @Test
    void coloursStayAndEverythingElseInvisibleGoes() {
        assertThat(Terminal.tidy("\u001B[1;32mok\u001B[0m\u001B[2K\u001B[1A\u001B]0;title\u0007\tx\u0008\u0000"))
                .isEqualTo("\u001B[1;32mok\u001B[0m\tx");
        assertThat(Terminal.tidy("\u001B[?25lhidden cursor\u001B[?25h")).isEqualTo("hidden cursor");
    }

    @Test
    void anEndlessLineIsCut() {
        assertThat(Terminal.tidy("x".repeat(10_000))).hasSizeLessThan(4_200).endsWith(" … (5904 characters more)");
    }
}
