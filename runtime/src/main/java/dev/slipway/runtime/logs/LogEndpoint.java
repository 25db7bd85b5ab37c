package dev.slipway.runtime.logs;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.db.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Logs over HTTP: `/apps/<id>/logs` (a page as JSON), `…/logs/text` (as text), `…/logs/stream` (server-sent
/// events). Who asks was checked before.
public final class LogEndpoint {
    private static final Pattern PATH = Pattern.compile("/apps/([0-9]{1,18})/logs(/text|/stream)?");
    private static final int MOST_WATCHERS = 100;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    /// Between two events: so that they are few and large when much comes.
    private static final Duration BREATH = Duration.ofMillis(100);

    private static final int MOST_PAGES = 2;

    private final AppLogs output;
    private final AppLogs requests;
    private final Semaphore places = new Semaphore(MOST_WATCHERS);
    private final Semaphore pages = new Semaphore(MOST_PAGES);

    /// @param output what instances write
    /// @param requests what the front door writes down
    public LogEndpoint(AppLogs output, AppLogs requests) {
        this.output = output;
        this.requests = requests;
    }

    private AppLogs logs(LogQuery query) {
        return query.filter().stream() == LogLine.Stream.ACCESS ? requests : output;
    }

    /// Answers, and closes the exchange.
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            send(exchange, 404, "text/plain", "no such resource\n");
            return;
        }
        long app = Long.parseLong(path.group(1));
        LogRequest request;
        try {
            request = LogRequest.parse(exchange.getRequestURI().getRawQuery());
        } catch (IllegalArgumentException e) {
            send(exchange, 400, "text/plain", e.getMessage() + "\n");
            return;
        }
        switch (path.group(2)) {
            case null -> page(exchange, app, request.query());
            case "/text" -> text(exchange, app, request);
            default -> stream(exchange, app, request.query());
        }
    }

    private void page(HttpExchange exchange, long app, LogQuery query) throws IOException, InterruptedException {
        pages.acquire(); // a page, its text and its bytes are several MB together
        try {
            send(exchange, 200, "application/json", Json.write(logs(query).read(app, query)));
        } finally {
            pages.release();
        }
    }

    private void text(HttpExchange exchange, long app, LogRequest request) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8), 32 << 10)) {
            LogQuery query = request.query();
            boolean more = true;
            while (more) {
                LogPage page = logs(query).read(app, query);
                for (LogLine line : page.lines()) {
                    out.write(request.form().write(line));
                    out.write('\n');
                }
                more = page.more() && query.order() == LogQuery.Order.OLDEST;
                if (more) {
                    query = query.after(page.lines().getLast().id());
                }
            }
        }
    }

    private void stream(HttpExchange exchange, long app, LogQuery query) throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            send(exchange, 503, "text/plain", "there are already " + MOST_WATCHERS + " watchers of logs\n");
            return;
        }
        try {
            AppLogs logs = logs(query);
            LiveReader reader = logs.follow(app, query);
            try {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                tell(reader, exchange.getResponseBody());
            } finally {
                logs.leave(app, reader);
            }
        } finally {
            places.release();
        }
    }

    private static void tell(LiveReader reader, OutputStream out) throws IOException, InterruptedException {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        for (LiveReader.Batch batch = reader.take(KEEP_ALIVE); batch != null; batch = reader.take(KEEP_ALIVE)) {
            out.write(event(batch).getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(BREATH);
        }
    }

    private static String event(LiveReader.Batch batch) {
        if (batch.lines().isEmpty()) {
            return ":\n\n";
        }
        return "event: lines\nid: " + batch.lines().getLast().id() + "\ndata: " + Json.write(batch) + "\n\n";
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
