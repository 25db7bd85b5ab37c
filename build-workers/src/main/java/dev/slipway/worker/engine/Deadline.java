package dev.slipway.worker.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Hangs up on an engine or a registry that neither answers nor hangs up itself.
final class Deadline implements AutoCloseable {
    private final Thread timer;

    Deadline(HttpExchange exchange, Duration patience) {
        timer = Thread.ofVirtual().name("deadline").start(() -> {
            try {
                Thread.sleep(patience);
                hangUp(exchange);
            } catch (InterruptedException answered) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static void hangUp(HttpExchange exchange) {
        try {
            exchange.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        timer.interrupt();
    }
}
