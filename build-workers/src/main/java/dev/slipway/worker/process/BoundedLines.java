package dev.slipway.worker.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Reads text line by line without trusting it to have line ends: what is over `limit` bytes of a line is
/// dropped.
public final class BoundedLines {
    private static final int BUFFER = 16 << 10;

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

    public BoundedLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /// Gives every line to `onLine` until the stream ends, and calls `onPause` whenever there is nothing more
    /// to read for now.
    public void forEach(Consumer<String> onLine, Runnable onPause) throws IOException {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            split(count, onLine);
            if (in.available() == 0) {
                onPause.run();
            }
        }
        if (line.size() > 0) {
            emit(onLine);
        }
    }

    private void split(int count, Consumer<String> onLine) {
        int begin = 0;
        for (int i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                append(begin, i);
                emit(onLine);
                begin = i + 1;
            }
        }
        append(begin, count);
    }

    private void append(int from, int to) {
        line.write(buffer, from, Math.min(to - from, Math.max(0, limit - line.size())));
    }

    private void emit(Consumer<String> onLine) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        onLine.accept(text);
    }
}
