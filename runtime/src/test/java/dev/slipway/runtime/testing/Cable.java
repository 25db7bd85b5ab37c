package dev.slipway.runtime.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A connection to a server that tests can cut and mend: what is behind it seems to be down then.
public final class Cable implements AutoCloseable {
    private final SocketAddress server;
    private final ServerSocketChannel listener;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Cable(SocketAddress server, ServerSocketChannel listener) {
        this.server = server;
        this.listener = listener;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public static Cable tcp(int port) throws IOException {
        return new Cable(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    public static Cable unix(Path socket) throws IOException {
        Path near = Files.createTempDirectory("cable").resolve("socket");
        return new Cable(
                UnixDomainSocketAddress.of(socket),
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(near)));
    }

    public int port() {
        return ((InetSocketAddress) address()).getPort();
    }

    public Path path() {
        return ((UnixDomainSocketAddress) address()).getPath();
    }

    private SocketAddress address() {
        try {
            return listener.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel near = listener.accept();
                if (cut) {
                    near.close();
                    continue;
                }
                SocketChannel far = SocketChannel.open(server);
                open.add(near);
                open.add(far);
                Thread.ofPlatform().daemon().start(() -> copy(near, far));
                Thread.ofPlatform().daemon().start(() -> copy(far, near));
            } catch (IOException closed) {
                // the next one may do better
            }
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException closed) {
            // so is the other side, then
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    public void cut() throws IOException {
        cut = true;
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    public void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        SocketAddress address = address();
        listener.close();
        cut();
        if (address instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
            Files.deleteIfExists(unix.getPath().toAbsolutePath().getParent());
        }
    }
}
