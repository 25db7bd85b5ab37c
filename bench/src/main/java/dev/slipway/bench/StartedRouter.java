package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/// A contender that answers.
record StartedRouter(Contender contender, Process process) implements AutoCloseable {
    private static final int ATTEMPTS = 600;
    private static final Duration BETWEEN = Duration.ofMillis(100);

    /// Starts it, with its output in `scratch`.
    static StartedRouter of(Contender contender, Path scratch) {
        ProcessBuilder builder = new ProcessBuilder(contender.command())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve(contender.name() + ".log").toFile());
        builder.environment().putAll(contender.environment());
        try {
            StartedRouter started = new StartedRouter(contender, builder.start());
            started.awaitAnswer();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer() {
        for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
            try (HttpSocket socket = new HttpSocket("127.0.0.1", contender.port(), Contender.host(0))) {
                if (socket.get("/").status() == 200 && process.isAlive()) {
                    return; // and it wasn't somebody else who had the port
                }
            } catch (IOException notYet) {
                // it is starting
            }
            Platform.rest(BETWEEN);
        }
        close();
        throw new IllegalStateException(contender.name() + " doesn't answer on port " + contender.port());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
