package dev.slipway.worker;

import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the engine's build cache within bounds. By itself the engine lets it grow until the disk is full, unless its
/// configuration says otherwise. What was used last stays.
final class BuildCache {
    private static final Logger log = LoggerFactory.getLogger(BuildCache.class);
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final long MB = 1_000_000;

    private final Engine engine;
    private final long most;
    private final InstantSource clock;
    private @Nullable Instant trimmed;

    /// @param most in bytes; 0: the engine's own rules are all there is
    BuildCache(Engine engine, long most, InstantSource clock) {
        this.engine = engine;
        this.most = most;
        this.clock = clock;
    }

    /// Trims it while the next build may run, once an hour at most.
    ///
    /// @return the thread that does; null when there is nothing to do yet
    synchronized @Nullable Thread trim() {
        Instant now = clock.instant();
        if (most == 0 || (trimmed != null && now.isBefore(trimmed.plus(PERIOD)))) {
            return null;
        }
        trimmed = now;
        return Thread.ofVirtual().name("build-cache").start(this::trimNow);
    }

    private void trimNow() {
        try {
            long freed = engine.trimBuildCache(most);
            if (freed > 0) {
                log.info("the build cache was trimmed to {} MB: {} MB are free again", most / MB, freed / MB);
            }
        } catch (EngineException e) {
            log.info("the build cache stays as it is for now: {}", e.getMessage());
        }
    }
}
