package dev.slipway.runtime.router;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The transfers of one event loop that wait for somebody to read on. What each has read already stays in memory, so
/// there is room for only so much: beyond it, who has waited longest is cut off. Not thread-safe.
final class Stalls {
    /// Bytes on their way from one side to the other.
    interface Transfer {
        /// It has waited for too long; its [#end] is said already.
        void cutOff();
    }

    /// Bytes that aren't counted: a request takes more anyway, and who brings no more isn't the one to go.
    private static final int LITTLE = 4 << 10;

    private final long most;
    private final SequencedMap<Transfer, Integer> waiting = new LinkedHashMap<>();
    private long held;

    /// @param most bytes of heap
    Stalls(long most) {
        this.most = most;
    }

    /// From now on the transfer waits.
    ///
    /// @param bytes what it may hold meanwhile
    void begin(Transfer transfer, int bytes) {
        end(transfer);
        if (bytes <= LITTLE) {
            return;
        }
        waiting.put(transfer, bytes);
        held += bytes;
        while (held > most) {
            Transfer longest = waiting.firstEntry().getKey();
            end(longest);
            longest.cutOff();
        }
    }

    /// It doesn't wait any more, if it did.
    void end(Transfer transfer) {
        Integer bytes = waiting.remove(transfer);
        if (bytes != null) {
            held -= bytes;
        }
    }
}
