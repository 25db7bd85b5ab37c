package dev.slipway.runtime.router;

/// How much one event loop takes on at most, so that all of them together fit into the heap.
///
/// @param connections of clients
/// @param exchanges requests in flight; HTTP/2 has many on one connection
/// @param stalled bytes held by transfers that wait for somebody to read on
record Capacity(int connections, int exchanges, long stalled) {
    /// Bytes of heap, measured: a connection with TLS and HTTP/1.1; one with HTTP/2, or without TLS, takes less.
    static final long CONNECTION = 13 << 10;
    /// Bytes of heap, measured: a request in flight, with its connection to the app.
    static final long EXCHANGE = 9 << 10;
    /// Bytes of heap, measured: what Vert.x reads ahead, and what it has written, when nobody reads on.
    static final int TRANSFER = 300 << 10;
    /// The same when all was read: what HTTP/2 takes on to write though nobody reads.
    static final int REST = 144 << 10;

    /// Three eighths of the heap for connections, an eighth for requests and a quarter for what waits.
    ///
    /// @param heap bytes
    static Capacity of(long heap, int loops) {
        return new Capacity(
                Math.toIntExact(heap * 3 / 8 / CONNECTION / loops),
                Math.toIntExact(heap / 8 / EXCHANGE / loops),
                heap / 4 / loops);
    }
}
