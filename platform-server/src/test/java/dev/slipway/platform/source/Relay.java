package dev.slipway.platform.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Stands between a client and a server and shows what the server said so far, before the client gets to read
/// it.
final class Relay implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final int server;
    private final Consumer<String> observer;
    private final StringBuffer said = new StringBuffer();

    Relay(int server, Consumer<String> observer) throws IOException {
        this.server = server;
        this.observer = observer;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    String said() {
        return said.toString();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket upstream = new Socket(InetAddress.getByName("127.0.0.1"), server);
                Thread.ofVirtual().start(() -> pass(client, upstream, text -> {}));
                Thread.ofVirtual()
                        .start(() -> pass(upstream, client, text -> {
                            said.append(text);
                            observer.accept(said.toString());
                        }));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to, Consumer<String> seen) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                seen.accept(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException theOtherSideHasGone) {
            // both are closed now
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
