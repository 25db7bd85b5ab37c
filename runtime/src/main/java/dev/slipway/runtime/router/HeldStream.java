package dev.slipway.runtime.router;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// A stream whose connection is held back by an [Intake] while it is paused.
final class HeldStream implements ReadStream<Buffer> {
    private final ReadStream<Buffer> stream;
    private final Object connection;
    /// Null until it is paused first: few ever are.
    private @Nullable Intake intake;
    /// A connection that is used again may be held by another.
    private boolean paused;

    /// @param stream may be paused itself, until the first [#resume]
    /// @param connection one of Vert.x' own
    HeldStream(ReadStream<Buffer> stream, Object connection) {
        this.stream = stream;
        this.connection = connection;
    }

    /// @param told when the connection is closed, at once, though what it has brought may still wait
    void onClose(Runnable told) {
        Intake.channel(connection).closeFuture().addListener(closed -> told.run());
    }

    @Override
    public HeldStream handler(@Nullable Handler<Buffer> handler) {
        stream.handler(handler);
        return this;
    }

    @Override
    public HeldStream endHandler(@Nullable Handler<Void> handler) {
        stream.endHandler(handler);
        return this;
    }

    @Override
    public HeldStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        stream.exceptionHandler(handler);
        return this;
    }

    @Override
    public HeldStream pause() {
        if (intake == null) {
            intake = Intake.of(connection);
        }
        paused = true;
        intake.hold();
        return this;
    }

    @Override
    public HeldStream resume() {
        if (paused && intake != null) {
            paused = false;
            intake.release();
        }
        stream.resume();
        return this;
    }

    @Override
    public HeldStream fetch(long amount) {
        throw new UnsupportedOperationException("it is paused or not");
    }
}
