package dev.slipway.runtime.router;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Two sockets joined after a protocol switch (RFC 9110, 7.8), mostly a WebSocket's.
///
/// When its target is about to stop, a WebSocket's client is told so between two frames by a Close frame with
/// code 1001, "going away" (RFC 6455, 7.4.1): browsers then connect again, and reach the new instance.
final class Tunnel implements Stalls.Transfer {
    private static final Buffer GOING_AWAY = Buffer.buffer(new byte[] {(byte) 0x88, 2, 1001 >> 8, (byte) 1001});
    /// How long the client has to answer the Close frame before the connection is cut.
    private static final long PARTING_MILLIS = 1_000;

    private final NetSocket front;
    private final NetSocket back;
    private final IntakeValve fromClient;
    private final IntakeValve fromTarget;
    private final Pump.Flow flow;
    private final Duration patience;
    private final Runnable onClose;
    private final Context context = Vertx.currentContext();
    private final Runnable goAway = () -> context.runOnContext(now -> leave());
    /// Of the direction to the client; null when this isn't a WebSocket.
    private final @Nullable FrameBoundary frames;
    private @Nullable Pump toTarget;
    private boolean leaving;
    private boolean parted;
    private boolean closed;

    /// The sockets are paused or have no handlers yet.
    ///
    /// @param fromTarget of the connection below `back`
    /// @param protocol what was switched to
    /// @param patience how long the target may take to read the last of what was said
    Tunnel(
            NetSocket front,
            NetSocket back,
            IntakeValve fromTarget,
            String protocol,
            Pump.Flow flow,
            Duration patience,
            Runnable onClose) {
        this.front = front;
        this.back = back;
        this.fromClient = new IntakeValve(front);
        this.fromTarget = fromTarget;
        this.frames = protocol.equalsIgnoreCase("websocket") ? new FrameBoundary() : null;
        this.flow = flow;
        this.patience = patience;
        this.onClose = onClose;
    }

    void open() {
        front.pause();
        front.closeHandler(gone -> close());
        back.closeHandler(gone -> close());
        front.exceptionHandler(broken -> close());
        back.exceptionHandler(broken -> close());
        Listening.limitTunnel(front);
        Pump pump = new Pump(front, fromClient, back, ContentLength.UNKNOWN, flow);
        toTarget = pump;
        pump.start(this::close);
        back.handler(this::toClient);
        back.endHandler(end -> close());
        back.resume();
        // what the one who left has said goes on, and the other has its time; what is said to it waits for nobody
        fromClient.onClose(() -> {
            flow.onProgress().run();
            flow.stalls().end(this);
            fromTarget.resume();
        });
        fromTarget.onClose(() -> {
            flow.onProgress().run();
            pump.stop();
        });
    }

    /// One side has closed, and the other still takes what it has said.
    boolean ending() {
        return !fromClient.open() || !fromTarget.open();
    }

    private void toClient(Buffer chunk) {
        if (parted || closed || !fromClient.open()) {
            return;
        }
        flow.onProgress().run();
        if (leaving && frames != null) {
            int end = frames.follow(chunk, 0);
            front.write(chunk.slice(0, end));
            if (frames.between()) {
                part();
            }
            return;
        }
        if (frames != null) {
            frames.followAll(chunk);
        }
        front.write(chunk);
        if (front.writeQueueFull()) {
            fromTarget.pause();
            front.drainHandler(drained -> {
                flow.stalls().end(this);
                flow.onProgress().run();
                fromTarget.resume();
            });
            flow.stalls().begin(this, Capacity.TRANSFER);
        }
    }

    /// Ends the tunnel because its target is about to stop; from any thread.
    Runnable goAway() {
        return goAway;
    }

    private void leave() {
        if (leaving || closed || ending()) {
            return; // what is under way is the last, and has its limit
        }
        leaving = true;
        if (frames == null) {
            close();
        } else if (frames.between()) {
            part();
        } else {
            context.owner().setTimer(PARTING_MILLIS, late -> close());
        }
    }

    private void part() {
        parted = true;
        front.write(GOING_AWAY);
        context.owner().setTimer(PARTING_MILLIS, late -> close());
    }

    @Override
    public void cutOff() {
        close();
        fromClient.abort();
        fromTarget.abort();
    }

    void close() {
        if (!closed) {
            closed = true;
            flow.stalls().end(this);
            if (toTarget != null) {
                toTarget.stop();
            }
            fromTarget.resume();
            front.end(); // the front door cuts off a client that never reads the last of it
            back.end();
            long late = context.owner().setTimer(patience.toMillis(), end -> fromTarget.abort());
            fromTarget.onClose(() -> context.owner().cancelTimer(late));
            onClose.run();
        }
    }
}
