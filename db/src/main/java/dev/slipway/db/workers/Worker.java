package dev.slipway.db.workers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A worker process. It is alive when it was seen in the last [WorkerStore#ALIVE].
public record Worker(
        String id,
        long pid,
        String host,
        Instant startedAt,
        Instant seenAt,
        @Nullable Long buildId) {}
