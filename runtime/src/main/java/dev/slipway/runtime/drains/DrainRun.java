package dev.slipway.runtime.drains;

import dev.slipway.db.drains.Drain;
import dev.slipway.runtime.logs.AppLogs;
import dev.slipway.runtime.logs.LogLine;
import dev.slipway.runtime.records.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One drain at work, on a thread of its own: reads what comes next, sends it, remembers how far it came. What
/// doesn't arrive is tried again, ever more slowly; meanwhile it holds nothing in memory.
final class DrainRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DrainRun.class);
    private static final int AT_ONCE = 200;
    private static final Duration BREATH = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Drain drain;
    private final Path file;
    private final Cursor output;
    private final Cursor requests;
    private final Supplier<Outlet> outlets;
    private final Deadlines deadlines;
    private final Outlet outlet;
    private final AtomicReference<@Nullable Outlet> testing = new AtomicReference<>();
    private final Thread thread;
    private Progress progress;
    private volatile DrainHealth health;
    private volatile DrainHealth.@Nullable Test test;
    /// How many lines are sent at once: fewer while the other side says that it is too much.
    private int most = AT_ONCE;

    private int failures;
    private volatile boolean closed;

    /// What all drains have in common.
    ///
    /// @param files where progress is kept
    record Surroundings(AppLogs output, AppLogs requests, Path files, Deadlines deadlines) {
        Path file(long drain) {
            return files.resolve(drain + ".json");
        }
    }

    DrainRun(Drain drain, Surroundings with, Supplier<Outlet> outlets) {
        this.drain = drain;
        this.file = with.file(drain.id());
        Optional<Progress> known = Progress.load(file);
        this.progress = known.orElse(Progress.NONE);
        Instant since = known.isPresent() ? drain.createdAt() : Instant.now();
        this.output = new Cursor(with.output(), drain.appId(), Progress.position(progress.output()), since);
        this.requests = new Cursor(with.requests(), drain.appId(), Progress.position(progress.requests()), since);
        this.outlets = outlets;
        this.deadlines = with.deadlines();
        this.health = new DrainHealth(drain.id(), null, progress.lines(), 0, progress.lost(), null, null, null);
        this.outlet = outlets.get();
        this.thread = Thread.ofPlatform().name("drain-" + drain.id()).daemon().start(this::run);
    }

    Drain drain() {
        return drain;
    }

    DrainHealth health() {
        DrainHealth now = health;
        long behind = output.behind() + (drain.settings().requests() ? requests.behind() : 0);
        return new DrainHealth(
                now.id(),
                now.deliveredAt(),
                now.lines(),
                behind,
                now.lostBytes(),
                now.error(),
                now.failingSince(),
                test);
    }

    private void run() {
        try (outlet) {
            while (!closed) {
                boolean more = round();
                if (!more || failures > 0) {
                    Thread.sleep(failures == 0 ? BREATH : pause());
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        Duration pause = BREATH.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /// Sends a batch of each stream; returns whether there may be more.
    private boolean round() throws InterruptedException {
        try {
            boolean more = false;
            for (Cursor cursor : drain.settings().requests() ? List.of(output, requests) : List.of(output)) {
                List<LogLine> lines = cursor.next(most);
                if (!lines.isEmpty()) {
                    more |= lines.size() >= most;
                    send(cursor, lines);
                }
            }
            return more;
        } catch (TooLargeException e) {
            most /= 2;
            return true;
        } catch (IOException | UncheckedIOException e) {
            failed(String.valueOf(e.getMessage()));
            return false;
        } catch (RuntimeException e) {
            log.error("drain {} goes wrong", drain.id(), e);
            failed("an error of the platform's own; its log says more");
            return false;
        }
    }

    private void send(Cursor cursor, List<LogLine> lines) throws IOException {
        try {
            deadlines.within(outlet, () -> outlet.send(lines));
            passed(cursor, lines, lines.size(), 0);
            most = Math.min(AT_ONCE, 2 * most);
        } catch (TooLargeException e) {
            if (most > 1) {
                throw e;
            }
            passed(cursor, lines, 0, lines.getLast().text().length()); // it would hold up all others for ever
        }
    }

    private void passed(Cursor cursor, List<LogLine> lines, int arrived, long refused) {
        long lost = cursor.arrived(lines) + refused;
        progress = new Progress(
                text(output.at()), text(requests.at()), progress.lines() + arrived, progress.lost() + lost);
        if (!closed) {
            progress.save(file);
        }
        failures = 0;
        health = new DrainHealth(drain.id(), Instant.now(), progress.lines(), 0, progress.lost(), null, null, null);
    }

    private static @Nullable String text(@Nullable Position position) {
        return position == null ? null : position.toString();
    }

    private void failed(String error) {
        failures++;
        DrainHealth before = health;
        Instant since = before.failingSince() == null ? Instant.now() : before.failingSince();
        health = new DrainHealth(
                drain.id(), before.deliveredAt(), before.lines(), 0, before.lostBytes(), error, since, null);
        log.debug("drain {}: {}", drain.id(), error);
    }

    /// Sends one line that says that it is a test, on a connection of its own; false when it does so already.
    ///
    /// @param then is called when it is known whether it arrived
    boolean test(Instant asked, Runnable then) {
        Outlet own = outlets.get();
        if (!testing.compareAndSet(null, own)) {
            return false;
        }
        LogLine line = new LogLine(
                Position.START, Instant.now(), LogLine.Stream.PLATFORM, 0, "", "a test line: this log drain works");
        Thread.ofPlatform().name("drain-test-" + drain.id()).daemon().start(() -> {
            try (own) {
                deadlines.within(own, () -> own.send(List.of(line)));
                test = new DrainHealth.Test(asked, null);
            } catch (IOException e) {
                test = new DrainHealth.Test(asked, e.getMessage());
            } finally {
                testing.set(null);
            }
            then.run();
        });
        return true;
    }

    /// Forgets how far it came, too.
    void forget() throws IOException {
        close();
        java.nio.file.Files.deleteIfExists(file);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        outlet.close();
        Outlet tested = testing.get();
        if (tested != null) {
            tested.close();
        }
        try {
            thread.join(BREATH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
