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

    /// @param stream may be paused itself, until the first [#resume]
    /// @param connection one of Vert.x' own
    HeldStream(ReadStream<Buffer> stream, Object connection) {
        this.stream = stream;
        this.connection = connection;
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
        intake.hold();
        return this;
    }

    @Override
    public HeldStream resume() {
        stream.resume();
        if (intake != null) {
            intake.release();
        }
        return this;
    }

    @Override
    public HeldStream fetch(long amount) {
        throw new UnsupportedOperationException("it is paused or not");
    }
}
