package dev.slipway.worker.engine;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// The registry that the engine pushes to. The engine's words don't tell a registry that refuses from one that is
/// away, so a worker asks it itself. (On one machine both reach it by the same address.)
///
/// @param address host and port
public record Registry(String address) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// Whether it answers, and with anything but an error of its own (5xx).
    public boolean answers() {
        try (HttpExchange exchange = HttpExchange.open(URI.create("tcp://" + address));
                Deadline deadline = new Deadline(exchange, PATIENCE)) {
            exchange.send("GET", "/v2/", Map.of());
            return exchange.status() < 500;
        } catch (IOException away) {
            return false;
        }
    }
}
