package dev.slipway.worker.attempt;

import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildReason;
import java.time.Duration;
import java.util.Optional;

/// What a stop makes of an attempt.
final class Stopped {
    private Stopped() {}

    /// Empty when nothing may be written any more.
    static Optional<BuildOutcome> outcome(Stop stop, String workerId) {
        return switch (stop) {
            case Stop.LeaseLost() -> Optional.empty();
            case Stop.CancelledBy(String user) -> Optional.of(new BuildOutcome.Cancelled(user));
            case Stop.WorkerLeaves() -> Optional.of(new BuildOutcome.GivenBack("Worker " + workerId + " was stopped"));
            case Stop.TimedOut(Duration limit) ->
                Optional.of(new BuildOutcome.Failed(
                        BuildReason.TIMED_OUT,
                        "The build took longer than its limit of " + inWords(limit)
                                + " and was stopped. Make it faster, or raise the limit in the app's settings.",
                        null,
                        null));
            case Stop.RegistryStaysAway(Duration limit) ->
                Optional.of(new BuildOutcome.Errored(
                        BuildReason.REGISTRY_UNAVAILABLE,
                        "The image was built, but within the build's limit of " + inWords(limit)
                                + " the registry didn't answer. Look with ./slipway status whether platform-server runs.",
                        true));
        };
    }

    private static String inWords(Duration limit) {
        return limit.toSeconds() % 60 == 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s";
    }
}
