package dev.slipway.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// What the routers that are compared have behind them: answers each request with the same 1 KiB and keeps
/// connections.
final class TinyUpstream implements AutoCloseable {
    static final int BODY = 1024;
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + BODY
                    + "\r\n\r\n" + "x".repeat(BODY))
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;

    TinyUpstream() {
        try {
            server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the bench is over
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (head(in)) {
                out.write(ANSWER);
            }
        } catch (IOException gone) {
            // the router closed the connection
        }
    }

    /// Reads until an empty line; false at the end.
    private static boolean head(InputStream in) throws IOException {
        int line = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                if (line == 0) {
                    return true;
                }
                line = 0;
            } else if (c != '\r') {
                line++;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
