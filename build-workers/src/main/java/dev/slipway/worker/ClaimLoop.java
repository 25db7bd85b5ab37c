package dev.slipway.worker;

import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildQueue.Claim;
import dev.slipway.db.builds.LogPruning;
import dev.slipway.db.images.ImageStore;
import dev.slipway.worker.attempt.Attempt;
import dev.slipway.worker.attempt.LocalImages;
import dev.slipway.worker.attempt.Stop;
import dev.slipway.worker.attempt.StopSignal;
import dev.slipway.worker.attempt.Workplace;
import dev.slipway.worker.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Claims a build, does it, writes its outcome, claims the next. Without one it waits for [#look]. Survives the
/// database's absence.
final class ClaimLoop {
    private static final Logger log = LoggerFactory.getLogger(ClaimLoop.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Workplace place;
    private final BuildQueue queue;
    private final Heartbeat heartbeat;
    private final BuildCache cache;
    private final ReentrantLock claiming = new ReentrantLock();
    private final Condition found = claiming.newCondition();
    private volatile boolean waiting;
    private @Nullable Claim next;
    private volatile boolean stopping;
    private boolean databaseAway;
    private volatile boolean engineAway;

    ClaimLoop(Workplace place, BuildQueue queue, Heartbeat heartbeat, BuildCache cache) {
        this.place = place;
        this.queue = queue;
        this.heartbeat = heartbeat;
        this.cache = cache;
    }

    /// Claims a build for the loop when it waits for one: something was queued, or it is time to look anyway.
    void look() {
        if (!waiting || !engineAnswers()) {
            return;
        }
        claiming.lock();
        try {
            if (waiting && next == null && !stopping) {
                next = claim().orElse(null);
                found.signal();
            }
        } finally {
            claiming.unlock();
        }
    }

    /// Claims nothing more, stops the present build and gives it back.
    void stop() {
        stopping = true;
        heartbeat.present().ifPresent(present -> present.stop().raise(new Stop.WorkerLeaves()));
        claiming.lock();
        try {
            found.signal();
        } finally {
            claiming.unlock();
        }
    }

    void run() throws InterruptedException {
        Claim claim = next();
        while (claim != null) {
            build(claim);
            // what a build leaves behind would stay resident for as long as nothing else is built
            System.gc();
            claim = next();
        }
    }

    /// Null when the loop shall end.
    private @Nullable Claim next() throws InterruptedException {
        boolean possible = !stopping && engineAnswers();
        claiming.lock();
        try {
            next = possible ? claim().orElse(null) : null;
            waiting = true;
            while (next == null && !stopping) {
                found.await();
            }
            return next;
        } finally {
            waiting = false;
            next = null;
            claiming.unlock();
        }
    }

    private Optional<Claim> claim() {
        try {
            Optional<Claim> claim = queue.claim(place.workerId());
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

    /// Nothing is claimed while the engine is away: that would only use up the build's attempts.
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

    private void build(Claim claim) throws InterruptedException {
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
        tidy(build);
        cache.trim();
    }

    private void tidy(Build build) {
        try {
            Set<Integer> inUse = new ImageStore(place.database()).buildsInUse(build.appId());
            new AppStore(place.database())
                    .find(build.appId())
                    .ifPresent(app -> LocalImages.tidy(place, app, build.number(), inUse));
            new LogPruning(place.database()).prune(build.appId());
        } catch (DataAccessException e) {
            log.info("older images and logs of app {} stay until its next build: {}", build.appId(), e.getMessage());
        }
    }

    /// Writes the outcome however long the database is away, unless somebody else got the build in the
    /// meantime.
    private boolean finish(Claim claim, BuildOutcome outcome, StopSignal stop) throws InterruptedException {
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
