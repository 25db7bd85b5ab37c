package dev.slipway.runtime.metrics;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.db.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Metrics over HTTP: `/apps/<id>/metrics?range=1h` as JSON, `/metrics` for Prometheus. Who asks was checked before.
public final class MetricsEndpoint {
    private static final Pattern PATH = Pattern.compile("/apps/([0-9]{1,18})/metrics");
    private static final Pattern RANGE = Pattern.compile("(?:.*&)?range=([0-9a-z]{1,4})(?:&.*)?");

    private final Metrics metrics;

    public MetricsEndpoint(Metrics metrics) {
        this.metrics = metrics;
    }

    /// Answers, and closes the exchange.
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher app = PATH.matcher(exchange.getRequestURI().getPath());
            if (app.matches()) {
                page(exchange, Long.parseLong(app.group(1)));
            } else if (exchange.getRequestURI().getPath().equals("/metrics")) {
                send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
            } else {
                send(exchange, 404, "text/plain; charset=utf-8", "no such resource\n");
            }
        }
    }

    private void page(HttpExchange exchange, long app) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        Matcher wanted = RANGE.matcher(query == null ? "" : query);
        Optional<Range> range = Range.parse(wanted.matches() ? wanted.group(1) : "1h");
        if (range.isEmpty()) {
            send(exchange, 400, "text/plain; charset=utf-8", "range isn't one of 1h, 6h, 24h and 7d\n");
            return;
        }
        MetricsPage page = MetricsPage.of(range.get().step(), metrics.read(app, range.get()));
        send(exchange, 200, "application/json", Json.write(page));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
