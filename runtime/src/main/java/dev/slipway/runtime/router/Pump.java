package dev.slipway.runtime.router;

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
    private final WriteStream<Buffer> sink;
    private final long length;
    private final Flow flow;
    private long copied;
    /// Of the sink, by its last bytes.
    private @Nullable Future<Void> end;
    private boolean stopped;
    /// The source has.
    private boolean ended;

    /// The source must be paused, with no handlers yet.
    ///
    /// @param length how many bytes the source has, or [ContentLength#UNKNOWN]. The sink is ended with the last of
    /// them: to say it in one go is cheaper than in two
    Pump(ReadStream<Buffer> source, WriteStream<Buffer> sink, long length, Flow flow) {
        this.source = source;
        this.sink = sink;
        this.length = length;
        this.flow = flow;
    }

    /// Begins to copy.
    ///
    /// @param onEnd called after the source's last byte was handed to the sink, maybe before this returns
    void start(Runnable onEnd) {
        source.handler(this::copy);
        source.endHandler(end -> {
            ended = true;
            onEnd.run();
        });
        source.resume();
    }

    private void copy(Buffer chunk) {
        if (stopped || end != null) {
            return;
        }
        flow.onProgress().run();
        copied += chunk.length();
        if (copied == length) {
            end = sink.end(chunk);
            return;
        }
        sink.write(chunk);
        if (sink.writeQueueFull()) {
            source.pause();
            sink.drainHandler(drained -> {
                flow.stalls().end(this);
                flow.onProgress().run();
                source.resume();
            });
            flow.stalls().begin(this, Capacity.TRANSFER);
        }
    }

    /// How many bytes it has handed to the sink.
    long copied() {
        return copied;
    }

    /// Ends the sink, unless its last bytes did.
    ///
    /// @return completes when all of it was sent
    Future<Void> end() {
        return end == null ? sink.end() : end;
    }

    /// From now on what comes is thrown away.
    void stop() {
        stopped = true;
        flow.stalls().end(this);
        if (!ended) {
            source.resume();
        }
    }

    @Override
    public void cutOff() {
        flow.onCutOff().run();
    }
}
