package dev.slipway.runtime.engine;

import java.io.IOException;
import java.io.InputStream;

/// The terminal of a running container: what its first process writes, and what somebody types. The engine keeps
/// nothing of either. One thread may read while others write.
public interface Terminal extends AutoCloseable {
    /// Of its container, which closing this doesn't touch.
    String containerId();

    /// Bytes as they come; ends with the process.
    InputStream output();

    /// Blocks while the process reads nothing.
    void type(byte[] keys) throws IOException;

    /// Tells the process how large the screen is.
    void resize(Size size);

    /// How large a screen is, in characters.
    record Size(int columns, int rows) {
        private static final int MOST = 1000;

        /// @throws IllegalArgumentException when no screen is like that
        public Size {
            if (columns < 1 || columns > MOST || rows < 1 || rows > MOST) {
                throw new IllegalArgumentException("a terminal has 1 to " + MOST + " columns and rows");
            }
        }
    }

    @Override
    void close();
}
