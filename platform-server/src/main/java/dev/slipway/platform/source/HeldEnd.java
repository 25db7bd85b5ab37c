package dev.slipway.platform.source;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Holds back the flush packet that ends a side-band stream, so that more can be said after JGit has said all.
///
/// JGit hands over each packet line in one or more whole `write` calls and the end in one of its own, which is
/// what this relies on.
final class HeldEnd extends FilterOutputStream {
    private static final byte[] FLUSH_PACKET = {'0', '0', '0', '0'};

    private boolean held;

    HeldEnd(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        release();
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        release();
        if (Arrays.equals(bytes, offset, offset + length, FLUSH_PACKET, 0, FLUSH_PACKET.length)) {
            held = true;
        } else {
            out.write(bytes, offset, length);
        }
    }

    /// Sends the end, if there is one to send.
    void release() throws IOException {
        if (held) {
            held = false;
            out.write(FLUSH_PACKET);
        }
    }
}
