package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private static Answer read(String text) throws IOException {
        return Answer.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 5\r\n\r\nhello and more",
                OK + "\r\nhello",
                CHUNKED + "2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
                CHUNKED + "5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
            })
    void aBodyEndsWhereTheHeaderSays(String answer) throws IOException {
        assertThat(read(answer).body().readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 9\r\n\r\nhello",
                CHUNKED + "9\r\nhello",
                CHUNKED + "5\r\nhello\r\n",
                CHUNKED + "5\r\nhello\r\n0\r\n",
                CHUNKED + "5\r\nhelloX\r\n0\r\n\r\n",
                CHUNKED + "-1\r\nhello",
                CHUNKED + "five\r\nhello",
                CHUNKED + "ffffffffffffffffff\r\nhello",
            })
    void aBodyThatIsCutOrBrokenIsAnError(String answer) throws IOException {
        Answer begun = read(answer);
        assertThatThrownBy(() -> begun.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 999 X\r\n\r\n",
                OK + "no colon\r\n\r\n",
                OK + "Content-Length: -1\r\n\r\n",
                OK + "Content-Length: 99999999999999999999\r\n\r\n",
                OK + "Transfer-Encoding: gzip\r\n\r\n",
            })
    void whatIsNoAnswerIsAnError(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void headersAreLimited() {
        assertThatThrownBy(() -> read(OK + "A: " + "x".repeat(20_000) + "\r\n\r\n"))
                .isInstanceOf(IOException.class);
        StringBuilder many = new StringBuilder(OK);
        for (int i = 0; i < 200; i++) {
            many.append("A").append(i).append(": b\r\n");
        }
        assertThatThrownBy(() -> read(many + "\r\n")).isInstanceOf(IOException.class);
    }
}
