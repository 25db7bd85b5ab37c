package dev.slipway.runtime.engine;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a container writes, in the order in which the engine recorded it. Read by one thread; closing it from
/// any thread ends what is being read.
public interface Output extends AutoCloseable {
    enum Stream {
        STDOUT,
        STDERR
    }

    /// A line or, when it was too long for the engine, a part of one. Parts of a line have the same time.
    ///
    /// @param at when the engine read it; of one stream never decreasing but for the machine's clock
    /// @param text without the line's end
    /// @param endsLine false when the next piece of the same stream goes on with the line
    record Piece(Stream stream, Instant at, byte[] text, boolean endsLine) {}

    /// Where to begin.
    sealed interface From {
        /// With what was written then or later.
        record Since(Instant at) implements From {}

        /// With so many of the last lines.
        record Last(int lines) implements From {}
    }

    /// Waits for the next piece. Null at the end: the container has ended, or the engine stops.
    @Nullable
    Piece next() throws IOException;

    /// Whether another piece is here already.
    boolean waiting() throws IOException;

    @Override
    void close();
}
