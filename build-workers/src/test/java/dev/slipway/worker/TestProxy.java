package dev.slipway.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server on this machine that can be cut and mended. It refuses TLS at once, as a plain web server
/// does that isn't the JDK's.
final class TestProxy implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;
    private final int target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    TestProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut() {
        cut = true;
        sockets.forEach(TestProxy::close);
        sockets.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().start(() -> connect(client));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        try (client;
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
            int first = client.getInputStream().read();
            if (cut || first < 0 || first == TLS_HANDSHAKE) {
                return;
            }
            sockets.add(there);
            there.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            there.getOutputStream().write(first);
            Thread back = Thread.ofPlatform().daemon().start(() -> pump(there, client));
            pump(client, there);
            back.join();
        } catch (IOException | InterruptedException ended) {
            close(client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
