package dev.slipway.runtime.router;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Kept-alive connections to targets, for one event loop (not thread-safe).
///
/// A server may close an idle connection in the very moment in which it is used again. So idle ones are given
/// up before common servers do (gunicorn after 2 s, Node.js after 5 s), and a request that can't be repeated
/// only takes one that was busy a moment ago.
final class UpstreamPool {
    private static final long LONGEST_IDLE = Duration.ofMillis(4_000).toNanos();
    /// For requests that can't be sent twice.
    private static final long SURELY_ALIVE = Duration.ofMillis(1_000).toNanos();
    private static final int MOST_IDLE = 64;

    private record Idle(HttpClientConnection connection, long since) {}

    private final HttpClientAgent client;
    private final Map<Target, Deque<Idle>> idle = new HashMap<>();

    UpstreamPool(HttpClientAgent client) {
        this.client = client;
    }

    /// A connection that is kept alive, or null when there is none that will do.
    ///
    /// @param repeatable the request can be sent again over another connection
    /// @param now of [System#nanoTime]
    @Nullable
    HttpClientConnection reuse(Target target, boolean repeatable, long now) {
        Deque<Idle> kept = idle.get(target);
        Idle youngest = kept == null ? null : kept.peekFirst();
        if (kept == null || youngest == null || now - youngest.since() > (repeatable ? LONGEST_IDLE : SURELY_ALIVE)) {
            return null;
        }
        kept.removeFirst();
        return youngest.connection();
    }

    Future<HttpClientConnection> connect(Target target) {
        return client.connect(new HttpConnectOptions()
                        .setServer(target.address())
                        .setHost(target.address().host())
                        .setPort(target.address().port()))
                .onSuccess(connection -> {
                    Listening.limitApp(connection);
                    connection.closeHandler(closed -> forget(target, connection));
                });
    }

    /// Takes back a connection over which a whole request and its whole answer have come.
    ///
    /// @param again it can be used for another one
    /// @param patience how long what still waits for the app may take otherwise
    void takeBack(Target target, HttpClientConnection connection, boolean again, Duration patience) {
        if (again) {
            keep(target, connection);
        } else {
            leave(connection, patience);
        }
    }

    private void keep(Target target, HttpClientConnection connection) {
        Deque<Idle> kept = idle.computeIfAbsent(target, t -> new ArrayDeque<>());
        // its end may still be told
        boolean open = Channels.of(connection).isOpen();
        if (!open || target.draining() || kept.size() >= MOST_IDLE) {
            connection.close();
        } else {
            kept.addFirst(new Idle(connection, System.nanoTime()));
        }
    }

    /// Closes one when all was sent over it, as an app may go on reading behind its answer; or when it has had enough
    /// time for that.
    private static void leave(HttpClientConnection connection, Duration patience) {
        Channel channel = Channels.of(connection);
        var tooLate =
                channel.eventLoop().schedule(() -> Channels.abort(channel), patience.toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> tooLate.cancel(false));
        connection.close();
    }

    /// Gives up one that isn't to be used again.
    ///
    /// @param sent nothing waits to be sent: closing would wait for that, and the app may never read it
    static void giveUp(HttpClientConnection connection, boolean sent) {
        if (sent) {
            connection.close();
        } else {
            Channels.abort(Channels.of(connection));
        }
    }

    private void forget(Target target, HttpClientConnection connection) {
        Deque<Idle> kept = idle.get(target);
        if (kept != null) {
            kept.removeIf(i -> i.connection() == connection);
        }
    }

    /// Closes what was idle for too long or leads to a target that drains: its server may wait for us before it
    /// exits.
    void sweep() {
        long now = System.nanoTime();
        for (Iterator<Map.Entry<Target, Deque<Idle>>> targets = idle.entrySet().iterator(); targets.hasNext(); ) {
            Map.Entry<Target, Deque<Idle>> entry = targets.next();
            for (Idle kept : entry.getValue().toArray(Idle[]::new)) {
                if (entry.getKey().draining() || now - kept.since() > LONGEST_IDLE) {
                    kept.connection().close();
                    entry.getValue().remove(kept);
                }
            }
            if (entry.getValue().isEmpty()) {
                targets.remove();
            }
        }
    }
}
