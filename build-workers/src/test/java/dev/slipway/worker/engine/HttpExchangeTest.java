package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpExchangeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
                "HTTP/1.1 200\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
            })
    void anAnswerIsReadHoweverItsLengthIsTold(String answer) throws Exception {
        try (HttpExchange exchange = ask(answer)) {
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            })
    void anAnswerThatEndsEarlyIsAnError(String answer) throws Exception {
        try (HttpExchange exchange = ask(answer)) {
            assertThatThrownBy(() -> exchange.body().readAllBytes()).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"})
    void whatIsNoAnswerIsAnError(String answer) {
        assertThatThrownBy(() -> ask(answer).close()).isInstanceOf(IOException.class);
    }

    @Test
    void closingEndsAReadOnAnotherThread() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", false));
            HttpExchange exchange = HttpExchange.open(address(server));
            exchange.send("POST", "/", Map.of());
            Thread.ofVirtual().start(() -> {
                try {
                    exchange.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> exchange.body().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    private static HttpExchange ask(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, answer, true));
            HttpExchange exchange = HttpExchange.open(address(server));
            exchange.send("GET", "/x", Map.of("A", "b"));
            return exchange;
        }
    }

    private static URI address(ServerSocket server) {
        return URI.create("tcp://127.0.0.1:" + server.getLocalPort());
    }

    private static void answer(ServerSocket server, String answer, boolean hangUp) {
        try {
            Socket socket = server.accept();
            int[] last = new int[4];
            while (!(last[0] == '\r' && last[1] == '\n' && last[2] == '\r' && last[3] == '\n')) {
                System.arraycopy(last, 1, last, 0, 3);
                last[3] = socket.getInputStream().read();
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            if (hangUp) {
                socket.close();
            }
        } catch (IOException ended) {
            // the other side hung up first
        }
    }
}
