package dev.slipway.runtime.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Hands on container deaths from Docker's event stream, and its end exactly once.
final class DockerEvents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DockerEvents.class);

    private final DockerApi.Exchange exchange;
    private final Consumer<String> onDeath;
    private final Runnable onEnd;

    private DockerEvents(DockerApi.Exchange exchange, Consumer<String> onDeath, Runnable onEnd) {
        this.exchange = exchange;
        this.onDeath = onDeath;
        this.onEnd = onEnd;
    }

    /// Returns when the engine has begun to tell.
    static DockerEvents follow(DockerApi api, String installation, Consumer<String> onDeath, Runnable onEnd) {
        String deaths = Request.query(Map.of(
                "filters",
                Request.filters(Map.of(
                        "type", List.of("container"),
                        "event", List.of("die"),
                        "label", List.of(Labels.INSTALLATION + "=" + installation)))));
        DockerApi.Exchange exchange =
                DockerApi.call("tell its events", () -> api.stream(Request.get("/events" + deaths)));
        exchange.connection().forgetDeadline();
        DockerEvents events = new DockerEvents(exchange, onDeath, onEnd);
        Thread.ofVirtual().name("engine-events").start(events::read);
        return events;
    }

    private void read() {
        try (exchange) {
            InputStream in = new BufferedInputStream(exchange.body());
            for (JsonNode event = DockerApi.nextLine(in); event != null; event = DockerApi.nextLine(in)) {
                String container = event.path("Actor").path("ID").asString("");
                if (!container.isEmpty()) {
                    onDeath.accept(container);
                }
            }
        } catch (IOException e) {
            log.debug("Docker's event stream broke", e);
        } finally {
            onEnd.run();
        }
    }

    @Override
    public void close() {
        exchange.close();
    }
}
