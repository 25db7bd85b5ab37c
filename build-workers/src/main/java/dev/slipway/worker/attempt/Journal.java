package dev.slipway.worker.attempt;

import dev.slipway.db.Database;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.worker.buildkit.BuildOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/// Records an attempt's steps and log lines, in order, from a thread of its own: one transaction at most every
/// 100 ms, sooner when much comes.
///
/// While the database is away it keeps what it has, tries again, and lets writers wait when that gets too much.
/// Once the lease is lost it drops everything.
final class Journal implements BuildOutput.Sink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final long PAUSE_MILLIS = 100;
    private static final long RETRY_MILLIS = 500;
    private static final int LINES = 200;
    private static final int BYTES = 64 << 10;
    private static final int PENDING_LINES = 4_000;

    private final Database database;
    private final BuildLog buildLog;
    private final BuildQueue.Claim claim;
    private final StopSignal stop;
    private final LogLimits limits;
    private final Thread writer;

    private List<String> lines = new ArrayList<>();
    private Map<Integer, BuildStep> steps = new LinkedHashMap<>();
    private int pendingBytes;
    private int acceptedLines;
    private long acceptedBytes;
    private boolean cut;
    private int writtenLines;
    private long lastBatch = System.nanoTime() - PAUSE_MILLIS * 1_000_000;
    private boolean closed;
    private volatile boolean lost;

    Journal(Database database, BuildQueue.Claim claim, StopSignal stop, LogLimits limits) {
        this.database = database;
        this.buildLog = new BuildLog(database);
        this.claim = claim;
        this.stop = stop;
        this.limits = limits;
        this.writer = Thread.ofVirtual().name("journal").start(this::write);
    }

    @Override
    public synchronized void line(String line) {
        if (cut) {
            return;
        }
        cut = acceptedLines >= limits.lines() || acceptedBytes >= limits.bytes();
        accept(cut ? "[The log is cut here, after " + limits + ". The build goes on.]" : line);
    }

    private void accept(String line) {
        awaitRoom();
        if (lost) {
            return;
        }
        lines.add(line);
        acceptedLines++;
        acceptedBytes += line.length() + 1L;
        pendingBytes += line.length() + 1;
        notifyAll();
    }

    @Override
    public synchronized void step(BuildStep step) {
        steps.put(step.number(), step);
        notifyAll();
    }

    private void awaitRoom() {
        try {
            while (lines.size() >= PENDING_LINES && !lost && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns when everything is recorded, or the lease is lost.
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        writer.join();
    }

    private record Batch(int firstLine, List<String> lines, List<BuildStep> steps) {
        boolean isEmpty() {
            return lines.isEmpty() && steps.isEmpty();
        }
    }

    private void write() {
        try {
            for (Batch batch = next(); !batch.isEmpty(); batch = next()) {
                record(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("can't record the log of build {}", claim.build().id(), e);
            giveUp();
        }
    }

    private synchronized void giveUp() {
        lost = true;
        notifyAll();
    }

    /// The next batch; empty when all is written and no more comes.
    private synchronized Batch next() throws InterruptedException {
        while (lines.isEmpty() && steps.isEmpty() && !closed) {
            wait();
        }
        for (long left = untilDue();
                left > 0 && !closed && lines.size() < LINES && pendingBytes < BYTES;
                left = untilDue()) {
            wait(left);
        }
        lastBatch = System.nanoTime();
        Batch batch = new Batch(writtenLines, lines, List.copyOf(steps.values()));
        writtenLines += lines.size();
        lines = new ArrayList<>();
        steps = new LinkedHashMap<>();
        pendingBytes = 0;
        notifyAll();
        return batch;
    }

    private long untilDue() {
        return PAUSE_MILLIS - (System.nanoTime() - lastBatch) / 1_000_000;
    }

    private void record(Batch batch) throws InterruptedException {
        while (!lost) {
            try {
                lost = !database.inTransaction(() -> recordAll(batch));
                return;
            } catch (DuplicateKeyException committedAfterAll) {
                // the answer to the last try was lost with the connection
                return;
            } catch (DataAccessException | TransactionException e) {
                log.warn(
                        "can't record the log of build {} ({}); trying again",
                        claim.build().id(),
                        e.getMessage());
                lost = stop.raised().filter(Stop.LeaseLost.class::isInstance).isPresent();
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private boolean recordAll(Batch batch) {
        boolean held = true;
        for (BuildStep step : batch.steps()) {
            held &= buildLog.step(claim, step);
        }
        return held & buildLog.append(claim, batch.firstLine(), batch.lines());
    }
}
