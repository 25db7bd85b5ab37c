package dev.slipway.runtime.router;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/// Copies one stream into another with back pressure and says so at every step. It ends nothing: that's its
/// owner's part.
final class Pump implements Stalls.Transfer {
    /// What its owner is told, and who else waits.
    ///
    /// @param onProgress something was copied, or can be again
    /// @param onCutOff it has waited for too long
    record Flow(Stalls stalls, Runnable onProgress, Runnable onCutOff) {}

    private final ReadStream<Buffer> source;
    private final WriteStream<Buffer> sink;
    private final Flow flow;
    private long copied;
    private boolean stopped;
    private boolean ended;

    private Pump(ReadStream<Buffer> source, WriteStream<Buffer> sink, Flow flow) {
        this.source = source;
        this.sink = sink;
        this.flow = flow;
    }

    /// Starts copying. The source must be paused, with no handlers yet; `onEnd` is called after its last byte
    /// was handed to the sink.
    static Pump start(ReadStream<Buffer> source, WriteStream<Buffer> sink, Flow flow, Runnable onEnd) {
        Pump pump = new Pump(source, sink, flow);
        source.handler(pump::copy);
        source.endHandler(end -> {
            pump.ended = true;
            onEnd.run();
        });
        source.resume();
        return pump;
    }

    private void copy(Buffer chunk) {
        if (stopped) {
            return;
        }
        flow.onProgress().run();
        copied += chunk.length();
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
