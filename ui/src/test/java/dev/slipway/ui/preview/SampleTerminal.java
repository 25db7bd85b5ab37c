package dev.slipway.ui.preview;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Answers as the runtime tier does about terminals: something like a shell that knows `echo`, `exit`, its size and
/// `flood`.
final class SampleTerminal {
    private static final String PROMPT = "/app # ";
    private static final int FLOOD = 160;

    private final Map<String, BlockingQueue<byte[]>> open = new ConcurrentHashMap<>();
    private final Map<String, String> sizes = new ConcurrentHashMap<>();

    void handle(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/terminals")) {
            show(exchange);
            return;
        }
        String[] parts = path.split("/");
        BlockingQueue<byte[]> keys = open.get(parts[parts.length - 2]);
        if (keys == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        switch (parts[parts.length - 1]) {
            case "keys" -> keys.add(body);
            case "size" -> sizes.put(parts[parts.length - 2], size(exchange));
            default -> keys.add(new byte[0]);
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private static String size(HttpExchange exchange) {
        return exchange.getRequestURI().getQuery().replaceAll("columns=(\\d+)&rows=(\\d+)", "$2 $1");
    }

    private void show(HttpExchange exchange) throws IOException, InterruptedException {
        String id = String.format("%016x", System.nanoTime());
        BlockingQueue<byte[]> keys = new LinkedBlockingQueue<>();
        open.put(id, keys);
        sizes.put(id, size(exchange));
        exchange.getResponseHeaders().set("Terminal", id);
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        frame(out, 'O', PROMPT);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            byte[] typed = keys.poll(5, TimeUnit.SECONDS);
            if (typed == null) {
                frame(out, 'K', "");
                continue;
            }
            if (typed.length == 0) {
                break;
            }
            for (byte key : typed) {
                if (key == '\r' && !run(out, id, line)) {
                    frame(out, 'E', "{\"reason\":\"It ended with exit code 0.\"}");
                    open.remove(id);
                    return;
                } else if (key != '\r') {
                    line.write(key);
                    frame(out, 'O', new byte[] {key});
                }
            }
        }
        open.remove(id);
        frame(out, 'E', "{\"reason\":\"It was closed.\"}");
    }

    private boolean run(OutputStream out, String id, ByteArrayOutputStream line) throws IOException {
        String command = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (command.equals("exit")) {
            return false;
        }
        if (command.equals("flood")) {
            for (int i = 0; i < FLOOD; i++) {
                frame(out, 'O', new byte[16 << 10]);
            }
            frame(out, 'O', "the flood is over\r\n");
        }
        String said = command.startsWith("echo ")
                ? command.substring(5)
                : command.equals("stty size")
                        ? String.valueOf(sizes.get(id))
                        : command.isBlank() ? "" : "sh: " + command + ": not found";
        frame(out, 'O', "\r\n" + (said.isEmpty() ? "" : said + "\r\n") + PROMPT);
        return true;
    }

    private static void frame(OutputStream out, char kind, String text) throws IOException {
        frame(out, kind, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void frame(OutputStream out, char kind, byte[] bytes) throws IOException {
        out.write(ByteBuffer.allocate(5).put((byte) kind).putInt(bytes.length).array());
        out.write(bytes);
        out.flush();
    }
}
