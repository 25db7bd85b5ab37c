package dev.slipway.worker.attempt;

import java.time.Duration;

/// Why an attempt has to end before its time.
public sealed interface Stop {
    record CancelledBy(String user) implements Stop {}

    /// Somebody else has the build now: nothing more may be written.
    record LeaseLost() implements Stop {}

    /// This worker was told to end.
    record WorkerLeaves() implements Stop {}

    record TimedOut(Duration limit) implements Stop {}

    /// The time was over while the image waited for the registry.
    record RegistryStaysAway(Duration limit) implements Stop {}
}
