package dev.slipway.runtime.rollout;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Keeps the end of what is written to it.
final class Tail extends OutputStream {
    private final byte[] kept;
    private long written;

    Tail(int bytes) {
        this.kept = new byte[bytes];
    }

    @Override
    public void write(int b) {
        kept[(int) (written++ % kept.length)] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /// From the first whole line on when the beginning is lost.
    String text() {
        if (written <= kept.length) {
            return new String(kept, 0, (int) written, StandardCharsets.UTF_8);
        }
        byte[] inOrder = new byte[kept.length];
        int oldest = (int) (written % kept.length);
        System.arraycopy(kept, oldest, inOrder, 0, kept.length - oldest);
        System.arraycopy(kept, 0, inOrder, kept.length - oldest, oldest);
        String text = new String(inOrder, StandardCharsets.UTF_8);
        return text.substring(text.indexOf('\n') + 1);
    }
}
