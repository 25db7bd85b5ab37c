package dev.slipway.runtime.drains;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;

/// Somebody who takes logs, in tests: each connection is handed to a script.
final class Collector implements AutoCloseable {
    /// What it does with a connection.
    interface Script {
        void take(Socket connection, BlockingQueue<String> taken) throws IOException;
    }

    final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    Collector(ServerSocketFactory factory, int port, Script script) {
        try {
            server = factory.createServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(() -> accept(script));
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofPlatform().daemon().start(() -> {
                    try (socket) {
                        script.take(socket, taken);
                    } catch (IOException ended) {
                        // the drain closed the connection
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

    /// Takes messages, each after its length.
    static void syslog(Socket connection, BlockingQueue<String> taken) throws IOException {
        InputStream in = connection.getInputStream();
        while (true) {
            int length = 0;
            for (int c = in.read(); c != ' '; c = in.read()) {
                if (c < '0' || c > '9') {
                    throw new IOException("no length");
                }
                length = length * 10 + c - '0';
            }
            taken.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
    }

    /// Takes requests, and answers each with a status.
    static Script http(String status) {
        return http(head -> status);
    }

    /// The same; the status is said to the request's head.
    static Script http(UnaryOperator<String> status) {
        return (connection, taken) -> {
            InputStream in = connection.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int c = in.read();
                if (c < 0) {
                    return;
                }
                head.write(c);
            }
            String fields = head.toString(StandardCharsets.ISO_8859_1);
            int length = Integer.parseInt(fields.replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1"));
            byte[] body = in.readNBytes(length);
            taken.add(fields + new String(body, StandardCharsets.ISO_8859_1));
            connection
                    .getOutputStream()
                    .write(("HTTP/1.1 " + status.apply(fields) + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        };
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
