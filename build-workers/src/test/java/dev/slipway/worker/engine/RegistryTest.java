package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
    @ParameterizedTest
    @CsvSource({"200, true", "401, true", "404, true", "500, false", "502, false", "503, false"})
    void itAnswersUnlessItHasAnErrorOfItsOwn(int status, boolean answers) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            server.createContext("/v2/", exchange -> {
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
            assertThat(new Registry("127.0.0.1:" + server.getAddress().getPort()).answers())
                    .isEqualTo(answers);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void itIsAwayWhenNobodyListensOrTheListenerIsSilent() throws Exception {
        assertThat(new Registry("127.0.0.1:1").answers()).isFalse();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new Registry("127.0.0.1:" + silent.getLocalPort()).answers())
                    .isFalse();
        }
    }
}
