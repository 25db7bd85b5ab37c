package dev.slipway.runtime.drains;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Ends calls that hang: writing to a socket whose other side reads nothing would wait for ever.
final class Deadlines implements AutoCloseable {
    private final Duration most;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("drain-deadlines").daemon().factory());

    Deadlines(Duration most) {
        this.most = most;
    }

    /// What is done with an outlet.
    interface Call {
        void run() throws IOException;
    }

    /// @throws IOException also when it took too long
    void within(Outlet outlet, Call call) throws IOException {
        ScheduledFuture<?> late = clock.schedule(outlet::giveUp, most.toMillis(), TimeUnit.MILLISECONDS);
        try {
            call.run();
        } catch (IOException e) {
            throw late.isDone() ? new IOException("Nothing was taken for " + most.toSeconds() + " s.", e) : e;
        } finally {
            late.cancel(false);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
