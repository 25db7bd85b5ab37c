package dev.slipway.runtime.rollout;

import java.time.Instant;

/// How far the container of a run has come.
sealed interface RunPhase {
    /// The engine is being asked for it.
    record Creating() implements RunPhase {}

    /// It was made and never started: whoever made it died in between.
    record NeverStarted() implements RunPhase {}

    record Running(Instant since) implements RunPhase {}

    /// It was asked to end, and does so within its grace time.
    ///
    /// @param late because its time was over
    record Stopping(boolean late) implements RunPhase {}

    record Ended(int exitCode, boolean outOfMemory) implements RunPhase {}

    /// It has ended because its time was over.
    record TimedOut() implements RunPhase {}

    /// The engine can't start it.
    record Refused(String message) implements RunPhase {}

    record Removing() implements RunPhase {}
}
