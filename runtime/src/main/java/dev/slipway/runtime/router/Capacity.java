package dev.slipway.runtime.router;

/// How much one event loop takes on at most, so that all of them together fit into the heap.
///
/// @param connections of clients
/// @param exchanges requests in flight; HTTP/2 has many on one connection
record Capacity(int connections, int exchanges) {
    /// Bytes of heap, measured: a connection with TLS and HTTP/1.1; one with HTTP/2, or without TLS, takes less.
    static final long CONNECTION = 13 << 10;
    /// Bytes of heap, measured: a request in flight, with its connection to the app.
    static final long EXCHANGE = 9 << 10;

    /// Half of the heap for connections and a quarter for requests.
    ///
    /// @param heap bytes
    static Capacity of(long heap, int loops) {
        return new Capacity(
                Math.toIntExact(heap / 2 / CONNECTION / loops), Math.toIntExact(heap / 4 / EXCHANGE / loops));
    }
}
