package dev.slipway.runtime.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;

/// A connection to the engine, for one request. A thread of its own hangs up when time is over; closing it from
/// any thread ends what is being read.
final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final Thread deadline;
    private final Set<Connection> all;
    private volatile boolean late;

    private Connection(SocketChannel channel, Duration patience, Set<Connection> all) {
        this.channel = channel;
        this.all = all;
        this.deadline = Thread.ofVirtual().name("engine-deadline").start(() -> closeAfter(patience));
    }

    /// @param all of this engine's: those that are open
    static Connection open(DockerHost host, Duration patience, Set<Connection> all) throws IOException {
        Connection connection = new Connection(host.channel(), patience, all);
        all.add(connection);
        try {
            connection.channel.connect(host.address());
            return connection;
        } catch (IOException e) {
            connection.close();
            throw connection.explained(e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// Sends the request and reads the answer's head. Call it once.
    Answer ask(byte[] request) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw explained(e);
        }
        return Answer.read(new BufferedInputStream(new Incoming()));
    }

    /// Sends more, where the engine goes on listening; blocks while it doesn't read. One thread at a time.
    synchronized void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    private final class Incoming extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return channel.read(ByteBuffer.wrap(bytes, offset, length));
            } catch (IOException e) {
                throw explained(e);
            }
        }
    }

    private IOException explained(IOException e) {
        return late ? new SocketTimeoutException("it took too long") : e;
    }

    /// From now on it may take as long as it takes.
    void forgetDeadline() {
        deadline.interrupt();
    }

    private void closeAfter(Duration patience) {
        try {
            Thread.sleep(patience);
            late = true;
            channel.close();
        } catch (InterruptedException inTime) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        deadline.interrupt();
        all.remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
