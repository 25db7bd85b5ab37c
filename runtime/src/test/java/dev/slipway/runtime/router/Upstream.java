package dev.slipway.runtime.router;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// An instance in tests: each connection is handed to a script.
final class Upstream implements AutoCloseable {
    /// What it does with a connection, the first being number 1.
    interface Script {
        void serve(RawHttp connection, int number) throws IOException;
    }

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Upstream(Script script) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(() -> accept(script));
    }

    /// In a script: goes on when that has happened.
    static void until(CountDownLatch event) {
        try {
            event.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Answers every request with its own head as text.
    static Upstream echo() {
        return new Upstream((connection, number) -> {
            while (true) {
                RawHttp.Head head = connection.head();
                String body = head.field("Content-Length").isPresent()
                                || head.field("Transfer-Encoding").isPresent()
                        ? connection.body(head)
                        : "";
                String text = head.first() + "\n" + String.join("\n", head.fields()) + "\n\n" + body;
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
            }
        });
    }

    /// Answers every request with `text`.
    static Upstream saying(String text) {
        return new Upstream((connection, number) -> {
            while (true) {
                RawHttp.Head head = connection.head();
                if (head.field("Content-Length").isPresent()) {
                    connection.body(head);
                }
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
            }
        });
    }

    /// Answers every request with a body that doesn't end.
    static Upstream endless() {
        return new Upstream((connection, number) -> {
            connection.head();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
            byte[] some = new byte[65_536];
            while (true) {
                connection.write(some);
            }
        });
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread.startVirtualThread(() -> {
                    try (RawHttp connection = new RawHttp(socket)) {
                        script.serve(connection, number);
                    } catch (IOException ended) {
                        // the router closed the connection
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    Target target(String id) {
        return new Target(id, "127.0.0.1", port());
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
