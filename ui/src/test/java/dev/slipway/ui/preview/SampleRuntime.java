package dev.slipway.ui.preview;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Answers as the runtime tier does about the log of any app (lines of two instances, and what is written to it), its
/// metrics and terminals.
public final class SampleRuntime implements AutoCloseable {
    private static final Pattern PARAMETER = Pattern.compile("(?:^|&)([a-z]+)=([^&]*)");
    private final HttpServer server;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final SampleTerminal terminal = new SampleTerminal();

    record Line(String id, String at, String stream, int release, String instance, String text) {}

    record Batch(List<Line> lines, long skipped, boolean gap) {}

    record Page(List<Line> lines, boolean more) {}

    public SampleRuntime(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/apps/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Adds so many lines, the last of which is from now.
    public void write(int count) {
        Instant begin = Instant.now().minus(Duration.ofMillis(700L * count));
        IntStream.range(0, count).forEach(i -> {
            boolean error = i % 23 == 11;
            add(
                    begin.plusMillis(700L * i),
                    i % 97 == 50 ? "PLATFORM" : error ? "STDERR" : "STDOUT",
                    i % 3 == 0 ? "shop-4-k3m9qzpa" : "shop-4-x7rt2bnc",
                    i % 97 == 50
                            ? "4.0 s of output left out: it writes more than 256 KiB a second"
                            : error
                                    ? "Warning: slow query (1.2 s): SELECT * FROM orders WHERE basket = 4711"
                                    : SampleLog.line(i));
        });
    }

    public void add(String text) {
        add(Instant.now(), "STDOUT", "shop-4-k3m9qzpa", text);
    }

    private void add(Instant at, String stream, String instance, String text) {
        lines.add(new Line("1-" + lines.size(), at.toString(), stream, 4, instance, text));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().contains("/runs/")) {
                send(exchange, "reading prices 2026.csv\n1200 of 8000 rows\n");
                return;
            }
            if (exchange.getRequestURI().getPath().endsWith("/drains")) {
                send(exchange, SampleDrains.health());
                return;
            }
            if (exchange.getRequestURI().getPath().contains("/terminals")) {
                terminal.handle(exchange);
                return;
            }
            Map<String, String> wanted = PARAMETER
                    .matcher(exchange.getRequestURI().getRawQuery())
                    .results()
                    .collect(java.util.stream.Collectors.toMap(
                            r -> r.group(1), r -> URLDecoder.decode(r.group(2), StandardCharsets.UTF_8)));
            if (exchange.getRequestURI().getPath().endsWith("/metrics")) {
                send(exchange, SampleMetrics.page(wanted.getOrDefault("range", "1h")));
                return;
            }
            if (exchange.getRequestURI().getPath().endsWith("/stream")) {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                stream(exchange.getResponseBody(), wanted);
                return;
            }
            int before = number(wanted.get("before"), lines.size());
            List<Line> fitting = fitting(wanted, 0, before);
            int limit = Integer.parseInt(wanted.getOrDefault("limit", "500"));
            List<Line> page = fitting.subList(Math.max(0, fitting.size() - limit), fitting.size());
            send(exchange, Json.write(new Page(page, page.size() < fitting.size())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void stream(OutputStream out, Map<String, String> wanted) throws IOException, InterruptedException {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        int next = number(wanted.get("after"), -1) + 1;
        int limit = Integer.parseInt(wanted.getOrDefault("limit", "500"));
        while (true) {
            int end = lines.size();
            List<Line> fresh = fitting(wanted, next, end);
            fresh = fresh.subList(Math.max(0, fresh.size() - limit), fresh.size());
            if (!fresh.isEmpty()) {
                String event = "event: lines\nid: " + fresh.getLast().id() + "\ndata: "
                        + Json.write(new Batch(fresh, 0, false)) + "\n\n";
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            next = end;
            Thread.sleep(100);
        }
    }

    private List<Line> fitting(Map<String, String> wanted, int from, int to) {
        String text = wanted.getOrDefault("q", "").toLowerCase(Locale.ROOT);
        return lines.subList(Math.min(from, to), to).stream()
                .filter(line -> line.text().toLowerCase(Locale.ROOT).contains(text))
                .filter(line -> wanted.getOrDefault("stream", line.stream()).equals(line.stream()))
                .filter(line -> wanted.getOrDefault("instance", line.instance()).equals(line.instance()))
                .toList();
    }

    private static int number(@org.jspecify.annotations.Nullable String id, int otherwise) {
        Matcher number = Pattern.compile("1-(\\d+)").matcher(id == null ? "" : id);
        return number.matches() ? Integer.parseInt(number.group(1)) : otherwise;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
