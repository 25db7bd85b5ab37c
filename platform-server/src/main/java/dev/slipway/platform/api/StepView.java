package dev.slipway.platform.api;

import dev.slipway.db.builds.BuildStep;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step of a build; `durationMs` is null while it runs.
record StepView(
        int number,
        String name,
        BuildStep.State state,
        Instant startedAt,
        @Nullable Long durationMs) {
    static StepView of(BuildStep step) {
        return new StepView(step.number(), step.name(), step.state(), step.startedAt(), step.durationMillis());
    }
}
