package dev.slipway.runtime.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Visitors who ask an app without a pause, half of them over one connection each, half with a new one every
/// time. Every answer is counted.
public final class Load implements AutoCloseable {
    private final String host;
    private final int port;
    private final List<Thread> visitors = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /// @param posting half of them POST
    public Load(String host, int port, int visitors, boolean posting) {
        this.host = host;
        this.port = port;
        for (int i = 0; i < visitors; i++) {
            boolean keepAlive = i % 2 == 0;
            boolean posts = posting && i % 4 >= 2;
            this.visitors.add(Thread.ofPlatform().start(() -> visit(keepAlive, posts)));
        }
    }

    public int requests() {
        return requests.get();
    }

    /// What went wrong, so far.
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /// How often each body was the answer.
    public Map<String, AtomicInteger> answers() {
        return answers;
    }

    private void visit(boolean keepAlive, boolean posts) {
        while (!over) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(20_000);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                boolean goesOn;
                do {
                    String method = posts ? "POST" : "GET";
                    String length = posts ? "Content-Length: 0\r\n" : "";
                    socket.getOutputStream()
                            .write((method + " / HTTP/1.1\r\nHost: " + host + "\r\n" + length + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    goesOn = answer(in);
                } while (keepAlive && goesOn && !over);
            } catch (IOException | RuntimeException e) {
                failures.add(e.toString());
            }
        }
    }

    /// False when it says that it is the last one over this connection.
    private boolean answer(InputStream in) throws IOException {
        String status = line(in);
        int length = -1;
        boolean last = false;
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            if (field.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length =
                        Integer.parseInt(field.substring(field.indexOf(':') + 1).strip());
            }
            last |= field.equalsIgnoreCase("connection: close");
        }
        String body =
                new String(length < 0 ? in.readAllBytes() : in.readNBytes(length), StandardCharsets.US_ASCII).strip();
        requests.incrementAndGet();
        if (status.startsWith("HTTP/1.1 200 ")) {
            answers.computeIfAbsent(body, b -> new AtomicInteger()).incrementAndGet();
        } else {
            failures.add(status + " " + body);
        }
        return !last && length >= 0;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed after \"" + line + "\"");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        over = true;
        for (Thread visitor : visitors) {
            try {
                visitor.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
