package dev.slipway.db.builds;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step of a build as BuildKit names it, such as `[2/4] RUN npm ci`.
public record BuildStep(
        int number,
        String name,
        State state,
        Instant startedAt,
        @Nullable Long durationMillis) {
    public enum State {
        RUNNING,
        DONE,
        CACHED,
        FAILED,
        CANCELLED
    }
}
