package dev.slipway.runtime.drains;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.db.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How drains do, over HTTP: `/apps/<id>/drains` as JSON. Who asks was checked before.
public final class DrainEndpoint {
    private static final Pattern PATH = Pattern.compile("/apps/([0-9]{1,18})/drains");

    private final Drains drains;

    public DrainEndpoint(Drains drains) {
        this.drains = drains;
    }

    /// Answers, and closes the exchange.
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher app = PATH.matcher(exchange.getRequestURI().getPath());
            if (!app.matches()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body =
                    Json.write(drains.health(Long.parseLong(app.group(1)))).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
