package dev.slipway.runtime.terminal;

import dev.slipway.db.Json;
import dev.slipway.runtime.engine.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One terminal and who looks at it. What it tells are frames: a letter, a length of four bytes, so many bytes. `O`
/// is output, `K` nothing (it proves that somebody is there), `E` the end with a reason, after which nothing comes.
final class TerminalSession {
    private static final int PIECE = 16 << 10;

    private final long appId;
    private final Terminal terminal;
    private final OutputStream out;
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private final Instant begun = Instant.now();
    private volatile Instant usedAt = begun;

    TerminalSession(long appId, Terminal terminal, OutputStream out) {
        this.appId = appId;
        this.terminal = terminal;
        this.out = out;
    }

    long appId() {
        return appId;
    }

    /// Tells all output; returns when there is no more, or nobody listens.
    void tell() throws IOException {
        byte[] piece = new byte[PIECE];
        InputStream output = terminal.output();
        for (int count = output.read(piece); count >= 0; count = output.read(piece)) {
            usedAt = Instant.now();
            frame('O', piece, count);
        }
    }

    /// @throws IOException when nobody listens any more
    void proveAlive() throws IOException {
        frame('K', new byte[0], 0);
    }

    /// The last frame.
    void tellEnd(String sentence) throws IOException {
        byte[] end = Json.write(Map.of("reason", sentence)).getBytes(StandardCharsets.UTF_8);
        frame('E', end, end.length);
    }

    private void frame(char kind, byte[] bytes, int length) throws IOException {
        byte[] head = ByteBuffer.allocate(5).put((byte) kind).putInt(length).array();
        synchronized (out) {
            out.write(head);
            out.write(bytes, 0, length);
            out.flush();
        }
    }

    void type(byte[] keys) throws IOException {
        usedAt = Instant.now();
        terminal.type(keys);
    }

    void resize(Terminal.Size size) {
        terminal.resize(size);
    }

    /// Why it has to end now; null when it may go on.
    @Nullable
    String overdue(Instant now, TerminalLimits limits) {
        if (usedAt.plus(limits.idle()).isBefore(now)) {
            return "Nothing happened for " + words(limits.idle()) + ", so it was closed.";
        }
        return begun.plus(limits.longest()).isBefore(now)
                ? "A terminal ends after " + words(limits.longest()) + "."
                : null;
    }

    private static String words(Duration time) {
        return time.toHours() > 1
                ? time.toHours() + " hours"
                : time.toMinutes() > 1 ? time.toMinutes() + " minutes" : time.toSeconds() + " s";
    }

    /// Ends it; what is given first is the reason.
    void end(String sentence) {
        reason.compareAndSet(null, sentence);
        terminal.close();
    }

    /// Why it was ended; null when it ended by itself.
    @Nullable
    String reason() {
        return reason.get();
    }

    String containerId() {
        return terminal.containerId();
    }
}
