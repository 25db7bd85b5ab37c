package dev.slipway.runtime.handover;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What predecessor and successor say to each other: words, a line each, over a Unix socket that only the
/// installation's user can reach. That one of them has ended shows as the end of the stream.
final class Wire implements AutoCloseable {
    /// Successor: stop reconciling. Predecessor: done, it's yours.
    static final String TAKE_OVER = "take over";
    static final String YOURS = "yours";
    /// Successor: I answer the door. Predecessor: no new request can reach me any more.
    static final String OPEN = "open";
    static final String SILENT = "silent";
    /// Successor, after `open`: tell me what becomes of your last requests. Predecessor, from then on: lines of its
    /// own making ([Parting#news]). One that is older than this word takes no notice of it.
    static final String TELL = "tell";

    static final String NAME = "runtime.sock";

    private final SocketChannel channel;
    private final BufferedReader in;

    Wire(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /// @param directory the same for both
    static UnixDomainSocketAddress address(Path directory) {
        Path absolute = directory.resolve(NAME).toAbsolutePath();
        Path relative = Path.of("").toAbsolutePath().relativize(absolute);
        // such addresses have at most 107 bytes
        return UnixDomainSocketAddress.of(
                relative.toString().length() < absolute.toString().length() ? relative : absolute);
    }

    synchronized void say(String word) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((word + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /// The other's next word; null when it has ended.
    @Nullable
    String hear() throws IOException {
        return in.readLine();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
