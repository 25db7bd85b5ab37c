package dev.slipway.runtime.router;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/// Copies one stream into another with back pressure and says so at every step. To end the other one is its owner's
/// part, by [#end].
final class Pump implements Stalls.Transfer {
    /// What its owner is told, and who else waits.
    ///
    /// @param onProgress something was copied, or can be again
    /// @param onCutOff it has waited for too long
    record Flow(Stalls stalls, Runnable onProgress, Runnable onCutOff) {}

    private final ReadStream<Buffer> source;
    private final Valve valve;
    private final WriteStream<Buffer> sink;
    private final long length;
    private final Flow flow;
    private long copied;
    private @Nullable Buffer last;
    private boolean stopped;
    private boolean sourceEnded;
    private Runnable atEnd = () -> {};

    /// The source must be paused, with no handlers yet.
    ///
    /// @param valve by which the source is held back when the sink is full
    /// @param length how many bytes the source has, if its end comes with the last of them: that chunk is kept
    /// until then, as to say both in one go is cheaper than in two. Otherwise [ContentLength#UNKNOWN]
    Pump(ReadStream<Buffer> source, Valve valve, WriteStream<Buffer> sink, long length, Flow flow) {
        this.source = source;
        this.valve = valve;
        this.sink = sink;
        this.length = length;
        this.flow = flow;
    }

    /// The same with a source that is held back by its own pausing.
    Pump(ReadStream<Buffer> source, WriteStream<Buffer> sink, long length, Flow flow) {
        this(source, Valve.of(source), sink, length, flow);
    }

    /// Begins to copy.
    ///
    /// @param onEnd the source has ended; nothing but [#end] is missing
    void start(Runnable onEnd) {
        source.handler(this::copy);
        source.endHandler(end -> {
            sourceEnded = true;
            atEnd.run();
            onEnd.run();
        });
        source.resume();
    }

    private void copy(Buffer chunk) {
        if (stopped) {
            return;
        }
        flow.onProgress().run();
        copied += chunk.length();
        if (copied == length) {
            last = chunk;
            return;
        }
        sink.write(chunk);
        if (sink.writeQueueFull()) {
            valve.pause();
            sink.drainHandler(drained -> {
                flow.stalls().end(this);
                flow.onProgress().run();
                valve.resume();
            });
            flow.stalls().begin(this, Capacity.TRANSFER);
        }
    }

    /// How many bytes it has taken.
    long copied() {
        return copied;
    }

    /// Ends the sink.
    ///
    /// @return completes when all of it was sent
    Future<Void> end() {
        return last == null ? sink.end() : sink.end(last);
    }

    /// From now on what comes is thrown away.
    void stop() {
        stopped = true;
        flow.stalls().end(this);
        if (!sourceEnded) {
            valve.resume();
        }
    }

    /// Stops it as soon as the connection that it fills is closed, since nobody reads on then. It may be used again
    /// after the source's end.
    void stopAtCloseOf(Channel channel) {
        ChannelFutureListener stop = closed -> stop();
        channel.closeFuture().addListener(stop);
        atEnd = () -> channel.closeFuture().removeListener(stop);
    }

    @Override
    public void cutOff() {
        flow.onCutOff().run();
    }
}
