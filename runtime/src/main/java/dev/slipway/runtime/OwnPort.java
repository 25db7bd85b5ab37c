package dev.slipway.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.runtime.drains.DrainEndpoint;
import dev.slipway.runtime.logs.LogEndpoint;
import dev.slipway.runtime.metrics.MetricsEndpoint;
import dev.slipway.runtime.terminal.TerminalEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// The runtime's own interface on loopback: `GET /health` with the process's id, and what it knows of apps below
/// `/apps/` for who has
/// the bearer token.
final class OwnPort implements AutoCloseable {
    private final HttpServer server;
    private final byte[] authorization;

    private OwnPort(HttpServer server, String token) {
        this.server = server;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    /// Who answers for what.
    record Resources(
            LogEndpoint logs,
            MetricsEndpoint metrics,
            DrainEndpoint drains,
            TerminalEndpoint terminals,
            RunOutputEndpoint runs) {
        void handle(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath();
            if (TerminalEndpoint.answers(path)) {
                terminals.handle(exchange);
            } else if (RunOutputEndpoint.answers(path)) {
                runs.handle(exchange);
            } else if (path.endsWith("/metrics")) {
                metrics.handle(exchange);
            } else if (path.endsWith("/drains")) {
                drains.handle(exchange);
            } else {
                logs.handle(exchange);
            }
        }
    }

    static OwnPort start(int port, BooleanSupplier ready, Resources resources, String token) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            OwnPort own = new OwnPort(server, token);
            server.createContext("/health", exchange -> {
                boolean isReady = ready.getAsBoolean();
                answer(
                        exchange,
                        isReady ? 200 : 503,
                        (isReady ? "ready " : "starting ")
                                + ProcessHandle.current().pid() + "\n");
            });
            server.createContext("/apps/", own.guarded(resources::handle));
            server.createContext("/metrics", own.guarded(resources.metrics()::handle));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return own;
        } catch (IOException e) {
            throw new IllegalStateException("can't listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private HttpHandler guarded(HttpHandler handler) {
        return exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
                answer(exchange, 401, "a bearer token is needed\n");
            } else if (!exchange.getRequestMethod().equals(method(exchange))) {
                answer(exchange, 405, "only " + method(exchange) + "\n");
            } else {
                handler.handle(exchange);
            }
        };
    }

    private static String method(HttpExchange exchange) {
        return TerminalEndpoint.answers(exchange.getRequestURI().getPath()) ? "POST" : "GET";
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
