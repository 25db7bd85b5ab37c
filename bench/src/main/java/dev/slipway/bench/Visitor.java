package dev.slipway.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// Someone who reloads a page every 2 ms until it shows what they wait for, on a plain socket so that watching
/// costs little.
final class Visitor {
    private static final Duration PERIOD = Duration.ofMillis(2);
    private static final int CONNECT_MILLIS = 50; // a lost SYN would be sent again only after a second
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String address;
    private final int port;
    private final byte[] request;

    Visitor(String address, int port, String host) {
        this.address = address;
        this.port = port;
        this.request = ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// Asks until somebody answers with 200; returns how long that took.
    Duration awaitAnswer() {
        long asked = System.nanoTime();
        while (!sees("")) {
            if (System.nanoTime() - asked > PATIENCE.toNanos()) {
                throw new IllegalStateException("nobody answered within " + PATIENCE);
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - asked);
    }

    /// Watches from another thread. The future gets the `nanoTime` of the first answer 200 that contains
    /// `text`.
    CompletableFuture<Long> firstSight(String text) {
        CompletableFuture<Long> seen = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("visitor").start(() -> {
            Instant end = Instant.now().plus(PATIENCE);
            while (!sees(text)) {
                if (Instant.now().isAfter(end)) {
                    seen.completeExceptionally(
                            new IllegalStateException("nobody answered with \"" + text + "\" within " + PATIENCE));
                    return;
                }
                LockSupport.parkNanos(PERIOD.toNanos());
            }
            seen.complete(System.nanoTime());
        });
        return seen;
    }

    private boolean sees(String text) {
        String answer = answer();
        return answer.startsWith("HTTP/1.1 200") && answer.contains(text)
                || answer.startsWith("HTTP/1.0 200") && answer.contains(text);
    }

    private String answer() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException nobodyThereYet) {
            return "";
        }
    }
}
