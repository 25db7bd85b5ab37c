package dev.slipway.runtime;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a command that hasn't ended has written so far: `/apps/<id>/runs/<run>/output`, as text. Who asks was checked
/// before.
final class RunOutputEndpoint {
    private static final Pattern PATH = Pattern.compile("/apps/([0-9]{1,18})/runs/([0-9]{1,18})/output");
    private static final int AT_ONCE = 4;

    private final Source source;
    private final Semaphore places = new Semaphore(AT_ONCE);

    RunOutputEndpoint(Source source) {
        this.source = source;
    }

    /// Where it comes from.
    @FunctionalInterface
    interface Source {
        /// Empty when there is no such command that hasn't ended.
        Optional<String> soFar(long appId, long run);
    }

    static boolean answers(String path) {
        return path.contains("/runs/");
    }

    /// Answers, and closes the exchange.
    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            Optional<String> text = path.matches()
                    ? soFar(Long.parseLong(path.group(1)), Long.parseLong(path.group(2)))
                    : Optional.empty();
            byte[] body = text.orElse("no such command runs\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(text.isPresent() ? 200 : 404, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> soFar(long app, long run) throws InterruptedException {
        places.acquire(); // each costs Docker a look at its files
        try {
            return source.soFar(app, run);
        } finally {
            places.release();
        }
    }
}
