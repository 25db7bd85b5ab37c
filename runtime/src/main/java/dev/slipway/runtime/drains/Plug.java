package dev.slipway.runtime.drains;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// The socket that an outlet uses, which another thread may pull at any time: also while the outlet's own looks up a
/// name, connects or shakes hands. Thread-safe.
final class Plug {
    private @Nullable Socket socket;
    private boolean pulled;
    private boolean closed;

    /// A call begins; that an earlier one was given up doesn't matter to it.
    synchronized void ready() {
        pulled = false;
    }

    /// @param next isn't connected yet
    /// @throws IOException when the call was given up meanwhile
    synchronized void in(Socket next) throws IOException {
        if (pulled || closed) {
            throw new IOException("it was given up");
        }
        socket = next;
    }

    /// Its connection isn't used any more.
    synchronized void drop() {
        Socket dropped = socket;
        socket = null;
        if (dropped != null) {
            try {
                dropped.close();
            } catch (IOException gone) {
                // it is what was wanted
            }
        }
    }

    /// Ends the call that is under way.
    synchronized void pull() {
        pulled = true;
        drop();
    }

    /// Ends all calls.
    synchronized void close() {
        closed = true;
        drop();
    }
}
