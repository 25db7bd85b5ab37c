package dev.slipway.runtime.terminal;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.db.Json;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Terminals over HTTP, by POST: `/apps/<id>/terminals?columns=80&rows=24` with the command as a JSON list answers with
/// frames until the end, and has the terminal's id in the header `Terminal`; `…/<terminal>/keys` types the body,
/// `…/<terminal>/size?columns=80&rows=24` resizes, `…/<terminal>/end` ends it. Who asks was checked before.
public final class TerminalEndpoint {
    private static final Pattern PATH =
            Pattern.compile("/apps/([0-9]{1,18})/terminals(?:/([0-9a-f]{16})/(keys|size|end))?");
    private static final Pattern SIZE = Pattern.compile("columns=([0-9]{1,4})&rows=([0-9]{1,4})");
    private static final int MOST_BYTES = 64 << 10;

    private final Terminals terminals;

    public TerminalEndpoint(Terminals terminals) {
        this.terminals = terminals;
    }

    /// Whether this is for a path.
    public static boolean answers(String path) {
        return path.contains("/terminals");
    }

    /// Answers, and closes the exchange.
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        try {
            if (!path.matches()) {
                send(exchange, 404, "no such resource\n");
            } else if (body.length > MOST_BYTES) {
                send(exchange, 400, "that is too much at once\n");
            } else if (path.group(2) == null) {
                show(exchange, Long.parseLong(path.group(1)), body);
            } else {
                tell(exchange, path, body);
            }
        } catch (IllegalArgumentException e) {
            send(exchange, 400, e.getMessage() + "\n");
        } catch (IllegalStateException e) {
            send(exchange, 400, "the command isn't a list\n");
        }
    }

    private void tell(HttpExchange exchange, Matcher path, byte[] body) throws IOException {
        Optional<TerminalSession> session = terminals.find(Long.parseLong(path.group(1)), path.group(2));
        if (session.isEmpty()) {
            send(exchange, 404, "no such terminal\n");
            return;
        }
        try {
            switch (path.group(3)) {
                case "keys" -> session.get().type(body);
                case "size" -> session.get().resize(size(exchange));
                default -> session.get().end("It was closed.");
            }
            exchange.sendResponseHeaders(204, -1);
        } catch (IOException | EngineException ended) {
            send(exchange, 404, "no such terminal\n");
        }
    }

    @SuppressWarnings("unchecked")
    private void show(HttpExchange exchange, long app, byte[] body) throws IOException {
        List<String> command = Json.read(new String(body, StandardCharsets.UTF_8), List.class);
        try {
            terminals.run(app, command, size(exchange), id -> {
                exchange.getResponseHeaders().set("Terminal", id);
                exchange.sendResponseHeaders(200, 0);
                return exchange.getResponseBody();
            });
        } catch (Terminals.NoTerminal e) {
            send(exchange, 503, e.getMessage() + "\n");
        }
    }

    private static Terminal.Size size(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        Matcher size = SIZE.matcher(query == null ? "" : query);
        if (!size.matches()) {
            throw new IllegalArgumentException("columns and rows are needed");
        }
        return new Terminal.Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }

    private static void send(HttpExchange exchange, int status, @Nullable String text) throws IOException {
        byte[] words = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, words.length);
        exchange.getResponseBody().write(words);
    }
}
