package dev.slipway.platform.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.transport.SideBandOutputStream;

/// The terminal of whoever pushed: what is said here appears there after `remote: `. A write fails once the
/// pusher has gone.
final class Terminal {
    /// An empty packet of the progress band; nothing shows, as with git's own `receive.keepAlive`.
    private static final byte[] KEEP_ALIVE = {'0', '0', '0', '5', SideBandOutputStream.CH_PROGRESS};

    private final OutputStream raw;
    private final SideBandOutputStream progress;

    Terminal(OutputStream raw) {
        this.raw = raw;
        this.progress = new SideBandOutputStream(SideBandOutputStream.CH_PROGRESS, SideBandOutputStream.MAX_BUF, raw);
    }

    void say(String line) throws IOException {
        progress.write((TerminalText.clean(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void flush() throws IOException {
        progress.flush();
    }

    void keepAlive() throws IOException {
        raw.write(KEEP_ALIVE);
        raw.flush();
    }
}
