package dev.slipway.runtime.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines of limited length.
final class Lines {
    private Lines() {}

    /// The next line without its end, which the last one needn't have; empty at the end of the stream.
    static Optional<String> next(InputStream in, int limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() >= limit) {
                throw new IOException("its answer has a line of more than " + limit + " bytes");
            }
            line.write(c);
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
    }
}
