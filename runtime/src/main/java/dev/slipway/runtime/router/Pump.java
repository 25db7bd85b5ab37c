package dev.slipway.runtime.router;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/// Copies one stream into another with back pressure and says so at every step. It ends nothing: that's its
/// owner's part.
final class Pump {
    private final ReadStream<Buffer> source;
    private final WriteStream<Buffer> sink;
    private final Runnable onProgress;
    private boolean stopped;
    private boolean ended;

    private Pump(ReadStream<Buffer> source, WriteStream<Buffer> sink, Runnable onProgress) {
        this.source = source;
        this.sink = sink;
        this.onProgress = onProgress;
    }

    /// Starts copying. The source must be paused, with no handlers yet; `onEnd` is called after its last byte
    /// was handed to the sink.
    static Pump start(ReadStream<Buffer> source, WriteStream<Buffer> sink, Runnable onProgress, Runnable onEnd) {
        Pump pump = new Pump(source, sink, onProgress);
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
        onProgress.run();
        sink.write(chunk);
        if (sink.writeQueueFull()) {
            source.pause();
            sink.drainHandler(drained -> {
                onProgress.run();
                source.resume();
            });
        }
    }

    /// From now on what comes is thrown away.
    void stop() {
        stopped = true;
        if (!ended) {
            source.resume();
        }
    }
}
