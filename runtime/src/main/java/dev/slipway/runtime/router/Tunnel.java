package dev.slipway.runtime.router;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;

/// Two sockets joined after a protocol switch (RFC 9110, 7.8), mostly a WebSocket's.
final class Tunnel {
    private final NetSocket front;
    private final NetSocket back;
    private final Runnable onProgress;
    private final Runnable onClose;
    private final Context context = Vertx.currentContext();
    private final Runnable goAway = () -> context.runOnContext(now -> close());
    private boolean closed;

    /// Both sockets are paused or have no handlers yet.
    Tunnel(NetSocket front, NetSocket back, Runnable onProgress, Runnable onClose) {
        this.front = front;
        this.back = back;
        this.onProgress = onProgress;
        this.onClose = onClose;
    }

    void open() {
        front.pause();
        front.closeHandler(gone -> close());
        back.closeHandler(gone -> close());
        front.exceptionHandler(broken -> close());
        back.exceptionHandler(broken -> close());
        Pump.start(front, back, onProgress, this::close);
        Pump.start(back, front, onProgress, this::close);
    }

    /// Ends the tunnel because its target is about to stop; from any thread.
    Runnable goAway() {
        return goAway;
    }

    void close() {
        if (!closed) {
            closed = true;
            front.end();
            back.end();
            onClose.run();
        }
    }
}
