package dev.slipway.worker.process;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/// Signals to process groups (POSIX kill(2) with a negative id), which Java itself can't send.
final class Signals {
    static final int KILL = 9;
    static final int TERM = 15;

    private Signals() {}

    /// Loaded at the first signal: a worker that never stops a build never pays for it.
    private static final class Posix {
        static final POSIX INSTANCE = POSIXFactory.getNativePOSIX();
    }

    /// Sends a signal to all processes of a group. False when there is no such group (any more).
    static boolean toGroup(long group, int signal) {
        if (group <= 1 || group > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not a process group of ours: " + group);
        }
        return Posix.INSTANCE.kill((int) -group, signal) == 0;
    }
}
