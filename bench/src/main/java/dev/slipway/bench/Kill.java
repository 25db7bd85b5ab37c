package dev.slipway.bench;

/// The last kill -9 under load, and which connections it may have cut. Thread-safe.
final class Kill {
    private boolean happened;
    private boolean dying;
    private long dead;

    /// Returns when the process is gone.
    void of(ProcessHandle process) {
        synchronized (this) {
            happened = true;
            dying = true;
        }
        process.destroyForcibly();
        process.onExit().join();
        synchronized (this) {
            dying = false;
            dead = System.nanoTime();
        }
    }

    /// @param opened the `nanoTime` when a connection that has broken just now was opened
    synchronized boolean excuses(long opened) {
        return dying || happened && opened - dead <= 0;
    }
}
