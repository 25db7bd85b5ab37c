package dev.slipway.worker;

import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.worker.attempt.Attempt;
import dev.slipway.worker.attempt.LocalImages;
import dev.slipway.worker.attempt.Stop;
import dev.slipway.worker.attempt.StopSignal;
import dev.slipway.worker.attempt.Workplace;
import dev.slipway.worker.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Claims a build, does it, writes its outcome, claims the next: when rung, and every 2 s anyway. Survives the
/// database's absence.
final class ClaimLoop {
    private static final Logger log = LoggerFactory.getLogger(ClaimLoop.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Workplace place;
    private final BuildQueue queue;
    private final Heartbeat heartbeat;
    private final Waiting waiting = new Waiting();
    private volatile boolean stopping;
    private boolean databaseAway;
    private boolean engineAway;

    ClaimLoop(Workplace place, BuildQueue queue, Heartbeat heartbeat) {
        this.place = place;
        this.queue = queue;
        this.heartbeat = heartbeat;
    }

    void ring() {
        waiting.ring();
    }

    /// Claims nothing more, stops the present build and gives it back.
    void stop() {
        stopping = true;
        heartbeat.present().ifPresent(present -> present.stop().raise(new Stop.WorkerLeaves()));
        waiting.ring();
    }

    void run() throws InterruptedException {
        while (!stopping) {
            Optional<BuildQueue.Claim> claim = claim();
            if (claim.isPresent()) {
                build(claim.get());
            } else {
                waiting.await(LOOK);
            }
        }
    }

    /// Claims nothing while the engine is away: that would only use up the build's attempts.
    private Optional<BuildQueue.Claim> claim() {
        if (!engineAnswers()) {
            return Optional.empty();
        }
        try {
            Optional<BuildQueue.Claim> claim = queue.claim(place.workerId());
            databaseAway = false;
            return claim;
        } catch (DataAccessException | TransactionException e) {
            if (!databaseAway) {
                log.warn("can't look for builds: {}", e.getMessage());
            }
            databaseAway = true;
            return Optional.empty();
        }
    }

    private boolean engineAnswers() {
        try {
            place.engine().ping();
            if (engineAway) {
                log.info("the Docker Engine is back");
            }
            engineAway = false;
        } catch (EngineException e) {
            if (!engineAway) {
                log.warn("the Docker Engine doesn't answer ({}); builds wait for it", e.getMessage());
            }
            engineAway = true;
        }
        return !engineAway;
    }

    private void build(BuildQueue.Claim claim) throws InterruptedException {
        Build build = claim.build();
        StopSignal stop = new StopSignal();
        heartbeat.begin(claim, stop);
        if (stopping) {
            stop.raise(new Stop.WorkerLeaves());
        }
        log.info(
                "build {} (app {}, number {}, attempt {}) begins",
                build.id(),
                build.appId(),
                build.number(),
                claim.attempt());
        try {
            Optional<BuildOutcome> outcome = Attempt.run(place, claim, stop);
            boolean written = outcome.isPresent() && finish(claim, outcome.get(), stop);
            log.info(
                    "build {}: {}",
                    build.id(),
                    written ? outcome.get().getClass().getSimpleName() : "lost to another worker");
        } finally {
            heartbeat.end();
        }
        new AppStore(place.database())
                .find(build.appId())
                .ifPresent(app -> LocalImages.tidy(place, app, build.number()));
    }

    /// Writes the outcome however long the database is away, unless somebody else got the build in the
    /// meantime.
    private boolean finish(BuildQueue.Claim claim, BuildOutcome outcome, StopSignal stop) throws InterruptedException {
        while (stop.raised().filter(Stop.LeaseLost.class::isInstance).isEmpty()) {
            try {
                return queue.finish(claim, outcome);
            } catch (DataAccessException | TransactionException e) {
                log.warn(
                        "can't write the outcome of build {} ({}); trying again",
                        claim.build().id(),
                        e.getMessage());
                Thread.sleep(RETRY);
            }
        }
        return false;
    }
}
