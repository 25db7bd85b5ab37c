package dev.slipway.worker;

import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.workers.WorkerStore;
import dev.slipway.worker.attempt.Stop;
import dev.slipway.worker.attempt.StopSignal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Every [BuildQueue#HEARTBEAT], and when something happens to the present build: extends its lease and hears
/// whether it shall stop; says that the worker lives; takes builds away from workers that don't.
final class Heartbeat {
    /// The build that the worker does now.
    record Present(BuildQueue.Claim claim, StopSignal stop) {}

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final String workerId;
    private final BuildQueue queue;
    private final WorkerStore workers;
    private volatile @Nullable Present present;
    private boolean databaseAway;

    Heartbeat(String workerId, BuildQueue queue, WorkerStore workers) {
        this.workerId = workerId;
        this.queue = queue;
        this.workers = workers;
    }

    void begin(BuildQueue.Claim claim, StopSignal stop) {
        present = new Present(claim, stop);
        beat();
    }

    void end() {
        present = null;
        beat();
    }

    /// Something happened to a build: beats at once when it is the present one.
    void onBuild(long buildId) {
        Present now = present;
        if (now != null && now.claim().build().id() == buildId) {
            beat();
        }
    }

    Optional<Present> present() {
        return Optional.ofNullable(present);
    }

    synchronized void beat() {
        Present now = present;
        try {
            if (now != null) {
                pulse(now);
            }
            workers.seen(workerId, now == null ? null : now.claim().build().id());
            queue.requeueLost();
            databaseAway = false;
        } catch (DataAccessException | TransactionException e) {
            if (!databaseAway) {
                log.warn(
                        "the database doesn't answer ({}); trying again every {} s",
                        e.getMessage(),
                        BuildQueue.HEARTBEAT.toSeconds());
            }
            databaseAway = true;
        }
    }

    private void pulse(Present now) {
        switch (queue.heartbeat(now.claim())) {
            case BuildQueue.Pulse.Continue() -> {}
            case BuildQueue.Pulse.Cancel(String by) -> now.stop().raise(new Stop.CancelledBy(by));
            case BuildQueue.Pulse.Lost() -> {
                if (present == now && now.stop().raise(new Stop.LeaseLost())) {
                    log.warn("lost the lease of build {}", now.claim().build().id());
                }
            }
        }
    }
}
