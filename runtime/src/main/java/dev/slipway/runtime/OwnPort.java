package dev.slipway.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.rollout.Reconciler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The runtime's own interface on loopback: `GET /health` with the process's id, and `GET
/// /instances/<id>/logs?tail=<lines>` for who
/// has the bearer token.
final class OwnPort implements AutoCloseable {
    private static final Pattern LOGS = Pattern.compile("/instances/([a-z0-9.-]{1,160})/logs");
    private static final Pattern TAIL = Pattern.compile("tail=([0-9]{1,5})");
    private static final int DEFAULT_LINES = 200;
    private static final int MOST_LINES = 10_000;

    private final HttpServer server;
    private final Reconciler reconciler;
    private final byte[] authorization;

    private OwnPort(HttpServer server, Reconciler reconciler, String token) {
        this.server = server;
        this.reconciler = reconciler;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    static OwnPort start(int port, Reconciler reconciler, String token) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            OwnPort own = new OwnPort(server, reconciler, token);
            server.createContext(
                    "/health",
                    exchange -> answer(
                            exchange,
                            reconciler.ready() ? 200 : 503,
                            (reconciler.ready() ? "ready " : "starting ")
                                    + ProcessHandle.current().pid() + "\n"));
            server.createContext("/instances/", own::logs);
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

    private void logs(HttpExchange exchange) throws IOException {
        Matcher path = LOGS.matcher(exchange.getRequestURI().getPath());
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null || !MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
            answer(exchange, 401, "a bearer token is needed\n");
        } else if (!exchange.getRequestMethod().equals("GET") || !path.matches()) {
            answer(exchange, 404, "no such resource\n");
        } else {
            copyLogs(exchange, path.group(1));
        }
    }

    private void copyLogs(HttpExchange exchange, String instance) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (reconciler.logs(instance, lines(exchange.getRequestURI().getQuery()), out)) {
                exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
                send(exchange, 200, out.toByteArray());
            } else {
                answer(exchange, 404, "no such instance runs\n");
            }
        } catch (EngineException e) {
            answer(exchange, 503, e.getMessage() + "\n");
        }
    }

    private static int lines(@org.jspecify.annotations.Nullable String query) {
        Matcher tail = TAIL.matcher(query == null ? "" : query);
        return tail.find() ? Math.clamp(Integer.parseInt(tail.group(1)), 1, MOST_LINES) : DEFAULT_LINES;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
