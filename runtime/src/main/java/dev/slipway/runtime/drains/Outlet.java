package dev.slipway.runtime.drains;

import dev.slipway.runtime.logs.LogLine;
import java.io.IOException;
import java.util.List;

/// Where lines are sent to. Used by one thread; others may end a call that hangs.
interface Outlet extends AutoCloseable {
    /// Returns when the other side has them all, as far as its protocol can say so.
    ///
    /// @throws TooLargeException when fewer lines at once may arrive
    /// @throws IOException with a sentence when that isn't sure; the same lines are sent again then
    void send(List<LogLine> lines) throws IOException;

    /// The call that is under way fails, whatever it is just doing.
    void giveUp();

    /// The call that is under way fails, and all later ones.
    @Override
    void close();
}
