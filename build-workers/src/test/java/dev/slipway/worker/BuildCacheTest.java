package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.worker.engine.Engine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With an engine that only writes down what it is asked: the real one's cache isn't ours to empty.
class BuildCacheTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private int status = 200;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] answer = "{\"CachesDeleted\":null,\"SpaceReclaimed\":5000000}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private BuildCache cache(long most) {
        return new BuildCache(Engine.at("tcp://127.0.0.1:" + server.getAddress().getPort()), most, () -> now);
    }

    private static boolean trim(BuildCache cache) throws InterruptedException {
        Thread trimming = cache.trim();
        if (trimming != null) {
            trimming.join();
        }
        return trimming != null;
    }

    @Test
    void itIsTrimmedOnceAnHour() throws Exception {
        BuildCache cache = cache(20_000_000_000L);
        assertThat(trim(cache)).isTrue();
        now = now.plus(Duration.ofMinutes(59));
        assertThat(trim(cache)).isFalse();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(trim(cache)).isTrue();
        assertThat(asked)
                .containsExactly(
                        "POST /build/prune?all=true&keep-storage=20000000000",
                        "POST /build/prune?all=true&keep-storage=20000000000");
    }

    @Test
    void withoutABoundItIsTheEnginesOwn() throws Exception {
        assertThat(trim(cache(0))).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void anEngineThatCantStopsNoBuild() throws Exception {
        status = 500;
        BuildCache cache = cache(1);
        assertThat(trim(cache)).isTrue();
        assertThat(asked).hasSize(1);
    }
}
