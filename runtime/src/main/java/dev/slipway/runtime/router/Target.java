package dev.slipway.runtime.router;

import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Where requests can be sent: an instance or the platform's server, with the count of its requests in flight.
/// Thread-safe.
///
/// The same object stays in all snapshots of the route table as long as the instance lives, so the count is
/// never lost.
public final class Target {
    private static final int DRAINING = 1 << 30;
    private static final long NOTED = Duration.ofMillis(100).toNanos();
    private static final long LONG_AGO = Duration.ofDays(365).toNanos();

    private final String id;
    private final SocketAddress address;
    /// Requests in flight, and the bit [#DRAINING].
    private final AtomicInteger state = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final Set<Runnable> tunnels = ConcurrentHashMap.newKeySet();
    /// In nanoseconds of [System#nanoTime]; noted at most every [#NOTED].
    private volatile long answeredAt = System.nanoTime() - LONG_AGO;
    /// The same, of answers that were well.
    private volatile long answeredWellAt = answeredAt;

    public Target(String id, String host, int port) {
        this.id = id;
        this.address = SocketAddress.inetSocketAddress(port, host);
    }

    public String id() {
        return id;
    }

    public SocketAddress address() {
        return address;
    }

    public int inFlight() {
        return state.get() & ~DRAINING;
    }

    boolean draining() {
        return (state.get() & DRAINING) != 0;
    }

    /// Counts a request in; false when the target drains, and the request has to pick another one from the
    /// present snapshot.
    boolean enter() {
        for (int before = state.get(); (before & DRAINING) == 0; before = state.get()) {
            if (state.compareAndSet(before, before + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Counts a request out. Exactly once for each [#enter] that was true.
    void leave() {
        if (state.decrementAndGet() == DRAINING) {
            drained.complete(null);
        }
    }

    /// It has answered a request.
    ///
    /// @param well not with a server's error
    void answered(long now, boolean well) {
        if (now - answeredAt > NOTED) {
            answeredAt = now;
        }
        if (well && now - answeredWellAt > NOTED) {
            answeredWellAt = now;
        }
    }

    /// For how long it has had no request.
    public Duration idle() {
        return inFlight() > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - answeredAt);
    }

    /// Whether a request was answered well in the last while.
    public boolean answeredWithin(Duration last) {
        return System.nanoTime() - answeredWellAt <= last.toNanos();
    }

    /// Takes no request any more and tells WebSockets to go away. Completes when no request is in flight.
    /// Call it only when no snapshot that holds the target is current any more.
    public CompletableFuture<Void> drain() {
        if (state.getAndUpdate(s -> s | DRAINING) == 0) {
            drained.complete(null);
        }
        dismissTunnels();
        return drained;
    }

    /// Tells WebSockets to connect anew.
    void dismissTunnels() {
        tunnels.forEach(Runnable::run);
    }

    /// Registers what ends a tunnel (WebSocket) when the target drains; it must be safe to run from any thread,
    /// more than once.
    void addTunnel(Runnable goAway) {
        tunnels.add(goAway);
        if (draining()) {
            goAway.run();
        }
    }

    void removeTunnel(Runnable goAway) {
        tunnels.remove(goAway);
    }

    @Override
    public String toString() {
        return id + " at " + address;
    }
}
