package dev.slipway.platform.access;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts failures by key, in memory and of bounded size: when it is full, the key used longest ago is
/// forgotten. Thread-safe.
final class Throttle {
    private static final int KEYS_LIMIT = 10_000;

    private final Backoff.Patience patience;
    private final Clock clock;
    private final Map<String, Backoff> backoffs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Backoff> eldest) {
            return size() > KEYS_LIMIT;
        }
    };

    Throttle(Backoff.Patience patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /// How long `key` has to wait; zero: it may try.
    synchronized Duration wait(String key) {
        return backoffs.getOrDefault(key, Backoff.NONE).left(clock.instant());
    }

    /// Counts a failure. Called before a slow check and taken back by [#succeeded], it also counts tries that
    /// run at the same time.
    synchronized void failed(String key) {
        backoffs.merge(
                key,
                Backoff.NONE.failed(clock.instant(), patience),
                (old, first) -> old.failed(clock.instant(), patience));
    }

    synchronized void succeeded(String key) {
        backoffs.remove(key);
    }
}
