package dev.slipway.runtime.router;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// A request's body up to so many bytes. What is beyond isn't passed on, nor that it has ended.
final class LimitedBody implements ReadStream<Buffer> {
    private final ReadStream<Buffer> body;
    private final long most;
    private final Runnable onMore;
    private long seen;

    /// @param onMore is told once when there are more bytes
    LimitedBody(ReadStream<Buffer> body, long most, Runnable onMore) {
        this.body = body;
        this.most = most;
        this.onMore = onMore;
    }

    @Override
    public LimitedBody handler(@Nullable Handler<Buffer> handler) {
        body.handler(handler == null ? null : chunk -> pass(chunk, handler));
        return this;
    }

    private void pass(Buffer chunk, Handler<Buffer> to) {
        boolean fitted = seen <= most;
        seen += chunk.length();
        if (seen <= most) {
            to.handle(chunk);
        } else if (fitted) {
            onMore.run();
        }
    }

    @Override
    public LimitedBody endHandler(@Nullable Handler<Void> handler) {
        body.endHandler(
                handler == null
                        ? null
                        : end -> {
                            if (seen <= most) {
                                handler.handle(end);
                            }
                        });
        return this;
    }

    @Override
    public LimitedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        body.exceptionHandler(handler);
        return this;
    }

    @Override
    public LimitedBody pause() {
        body.pause();
        return this;
    }

    @Override
    public LimitedBody resume() {
        body.resume();
        return this;
    }

    @Override
    public LimitedBody fetch(long amount) {
        body.fetch(amount);
        return this;
    }
}
