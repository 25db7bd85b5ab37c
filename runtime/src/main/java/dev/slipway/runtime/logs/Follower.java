package dev.slipway.runtime.logs;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Output;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one container's output into its app's log, from where the log ends, until the container has ended and
/// all is read. Runs on a thread of its own.
///
/// An instance that writes more than it may isn't read for a moment, again and again: reading everything to
/// throw it away would cost the engine as much as keeping it. The log says so where lines are missing.
final class Follower {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /// When the log can't be written: what was told is told again, and the engine searches for it each time.
    private static final Duration LATER = Duration.ofSeconds(5);
    /// Two streams of a container are recorded in an order that their times may differ from by a little.
    private static final Duration OVERLAP = Duration.ofSeconds(1);
    private static final int LAST_WORDS = 1_000;
    private static final int BATCH_BYTES = 64 << 10;
    /// Of a container's output, and a little more.
    private static final long ENGINE_KEEPS = 32 << 20;

    private final Engine engine;
    private final String container;
    private final String instance;
    private final AppLog app;
    private final LogSettings settings;
    private final Allowance allowance;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch hurry = new CountDownLatch(1);
    /// How much of what comes may have been written before.
    private long backlog;
    /// Lines before the end may be missing: some were left out, and the engine ends a stream before it told the
    /// last of them, now and then. What it has of a container that has ended is all.
    private boolean behind = true;
    private boolean failing;

    /// @param isNew the container was just started
    Follower(Engine engine, Container container, String instance, AppLog app, LogSettings settings, boolean isNew) {
        this.engine = engine;
        this.container = container.id();
        this.instance = instance;
        this.app = app;
        this.settings = settings;
        this.backlog = isNew ? 0 : ENGINE_KEEPS;
        this.allowance = new Allowance(settings.bytesPerSecond(), settings.burst(), System.nanoTime());
    }

    private enum End {
        CONTAINER_ENDED,
        TOO_MUCH,
        BROKE_OFF
    }

    void run() {
        try {
            Output.From from = whereKeptEnds();
            while (!Thread.currentThread().isInterrupted()) {
                End end = follow(from);
                if (end == End.CONTAINER_ENDED && !behind) {
                    return;
                }
                from = switch (end) {
                    case CONTAINER_ENDED -> lastWords();
                    case TOO_MUCH -> afterPause();
                    case BROKE_OFF -> afterRetry();
                };
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (EngineException.Refused gone) {
            log.debug("the output of instance {} is gone", instance, gone);
        } finally {
            finished.countDown();
        }
    }

    private Output.From whereKeptEnds() {
        Instant out = app.mark(container, Output.Stream.STDOUT).at();
        Instant err = app.mark(container, Output.Stream.STDERR).at();
        Instant latest = out.isAfter(err) ? out : err;
        return new Output.From.Since(latest.equals(Instant.EPOCH) ? latest : latest.minus(OVERLAP));
    }

    private Output.From lastWords() {
        behind = false;
        return new Output.From.Last(LAST_WORDS);
    }

    private Output.From afterPause() throws InterruptedException {
        behind = true;
        Instant begin = Instant.now();
        boolean ending = hurry.await(allowance.pause(System.nanoTime()).toMillis(), TimeUnit.MILLISECONDS);
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        note(String.format(
                java.util.Locale.ROOT,
                "%.1f s of output left out: it writes more than %,d KiB a second",
                seconds,
                settings.bytesPerSecond() >> 10));
        return new Output.From.Last(ending ? LAST_WORDS : 0);
    }

    private Output.From afterRetry() throws InterruptedException {
        Thread.sleep(failing ? LATER : RETRY);
        backlog = ENGINE_KEEPS;
        return whereKeptEnds();
    }

    private End follow(Output.From from) {
        Resume resume =
                new Resume(app.mark(container, Output.Stream.STDOUT), app.mark(container, Output.Stream.STDERR));
        LineJoiner joiner = new LineJoiner();
        List<LineJoiner.Line> batch = new ArrayList<>();
        int bytes = 0;
        try (Output output = engine.output(container, from)) {
            for (Output.Piece piece = output.next(); piece != null; piece = output.next()) {
                joiner.add(piece).stream().filter(resume::isNew).forEach(batch::add);
                bytes += piece.text().length + Entry.TEXT;
                if (bytes > BATCH_BYTES || !output.waiting()) {
                    keep(batch);
                    if (isTooMuch(bytes)) {
                        return End.TOO_MUCH;
                    }
                    bytes = 0;
                }
            }
            joiner.end().stream().filter(resume::isNew).forEach(batch::add);
            keep(batch);
        } catch (EngineException.Unavailable | IOException e) {
            log.debug("the output of instance {} broke off", instance, e);
            return End.BROKE_OFF;
        }
        return hasEnded() ? End.CONTAINER_ENDED : End.BROKE_OFF;
    }

    /// What the engine had kept for us doesn't count, nor do last words: there is only so much of both.
    private boolean isTooMuch(int bytes) {
        if (hurry.getCount() == 0) {
            return false;
        }
        long kept = Math.min(backlog, bytes);
        backlog -= kept;
        return !allowance.take(bytes - kept, System.nanoTime());
    }

    private boolean hasEnded() {
        try {
            return engine.inspect(container).filter(Container::running).isEmpty();
        } catch (EngineException.Unavailable away) {
            return false;
        }
    }

    /// What can't be kept now is read again later.
    private void keep(List<LineJoiner.Line> batch) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        try {
            app.append(container, instance, batch);
            failing = false;
        } catch (IOException e) {
            if (!failing && !Thread.currentThread().isInterrupted()) {
                log.warn("can't keep the output of instance {}: {}", instance, e.getMessage());
            }
            failing = true;
            throw e;
        }
        batch.clear();
    }

    private void note(String sentence) {
        try {
            app.note(container, instance, sentence);
        } catch (IOException e) {
            log.debug("can't keep a note about instance {}", instance, e);
        }
    }

    boolean isFinished() {
        return finished.getCount() == 0;
    }

    /// Returns when all of a container that has ended is read, or after so long.
    void awaitEnd(Duration most) throws InterruptedException {
        hurry.countDown();
        finished.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }
}
