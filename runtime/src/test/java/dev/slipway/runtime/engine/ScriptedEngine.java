package dev.slipway.runtime.engine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Listens on a Unix socket as an engine does, and answers with what a test says. No container is near it.
final class ScriptedEngine implements AutoCloseable {
    static final String PING = "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK";

    private final Path socket = Files.createTempDirectory("scripted-engine").resolve("socket");
    private final ServerSocketChannel listener =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Function<String, String> script;

    /// @param script the whole answer to a request line; an empty one stays away, and the connection open. An
    ///     answer that begins with `+` leaves the connection open too.
    ScriptedEngine(Function<String, String> script) throws IOException {
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /// A Docker of an installation called `mine`.
    DockerEngine client() {
        return new DockerEngine(settings());
    }

    DockerSettings settings() {
        return new DockerSettings("unix://" + socket, "mine", "127.0.0.1:1", "slipway-runtime", "s3cret");
    }

    /// Request lines, without those of `/_ping`.
    List<String> requests() {
        return requests.stream().filter(line -> !line.contains("/_ping")).toList();
    }

    /// Hangs up on everybody.
    void cut() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                open.add(channel);
                Thread.ofVirtual().start(() -> answer(channel));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(SocketChannel channel) {
        try {
            String line = Lines.next(Channels.newInputStream(channel), 16_384).orElse("");
            requests.add(line);
            String answer = line.contains("/_ping") ? PING : script.apply(line);
            boolean hangUp = !answer.isEmpty() && !answer.startsWith("+");
            ByteBuffer bytes = ByteBuffer.wrap(answer.replaceFirst("^\\+", "").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (hangUp) {
                channel.shutdownOutput();
            }
        } catch (IOException ended) {
            // the client hung up first
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
    }
}
