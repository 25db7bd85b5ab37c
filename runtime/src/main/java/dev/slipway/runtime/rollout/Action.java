package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.runs.Run;
import dev.slipway.runtime.rollout.Desired.Wanted;
import dev.slipway.runtime.router.AppRoute;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

/// One step towards what is desired. The steps of a plan are taken in its order.
sealed interface Action {
    /// PENDING → STARTING. When somebody else moved the release first, the rest of the plan is void.
    record Begin(Wanted release) implements Action {}

    /// Start the container of a run, if there is a place for it.
    record Execute(Run run, InstanceSpec spec) implements Action {}

    /// QUEUED → RUNNING: its container was seen.
    record RunStarted(Run run) implements Action {}

    /// Ask what runs of a run to end.
    ///
    /// @param late because its time is over
    record StopRun(long id, boolean late) implements Action {}

    /// → SUCCEEDED, FAILED or CANCELLED, with its output.
    record EndRun(Run run, InstanceSpec spec, RunEnd end) implements Action {}

    /// Stop and remove what there is of a run.
    record RemoveRun(long id) implements Action {}

    /// Start an instance; one of `release` and `build` says for what.
    record Launch(InstanceSpec spec, OptionalLong release, OptionalLong build) implements Action {}

    /// Start an instance that waited for its volumes.
    record Admit(String instance, Launch launch) implements Action {}

    /// Find out whether a found instance is healthy.
    record Check(String instance, InstanceSpec spec) implements Action {}

    /// Lead the app's requests to exactly these instances, in one step.
    record Serve(AppRoute.Status status, Set<String> instances) implements Action {}

    /// Forget the app's route.
    record Unroute() implements Action {}

    /// STARTING → LIVE, and the one that was live → RETIRED.
    record GoLive(Wanted release) implements Action {}

    /// STARTING → FAILED.
    record Fail(Wanted release, ReleaseReason reason, String message) implements Action {}

    /// Drain an instance and freeze it.
    record Shelve(String instance) implements Action {}

    /// Wake a frozen instance, and find out whether it is healthy.
    record Wake(String instance, InstanceSpec spec) implements Action {}

    /// Drain, stop and remove an instance.
    record Retire(String instance) implements Action {}

    /// Remove an instance that is dead or useless.
    record Discard(String instance) implements Action {}

    /// End whatever is open of a deleted app.
    record EndReleases() implements Action {}

    /// Nothing to do before `at`.
    record LookAgain(Instant at) implements Action {}

    /// Whether the tables have to be read again after it.
    default boolean changesTables() {
        return switch (this) {
            case Begin b -> true;
            case GoLive g -> true;
            case Fail f -> true;
            case EndReleases e -> true;
            case RunStarted r -> true;
            case EndRun e -> true;
            case Execute e -> false;
            case StopRun s -> false;
            case RemoveRun r -> false;
            case Launch l -> false;
            case Admit a -> false;
            case Check c -> false;
            case Serve s -> false;
            case Unroute u -> false;
            case Shelve s -> false;
            case Wake w -> false;
            case Retire r -> false;
            case Discard d -> false;
            case LookAgain l -> false;
        };
    }

    static Launch launch(Wanted wanted, InstanceSpec spec) {
        return new Launch(spec, OptionalLong.of(wanted.release().id()), OptionalLong.empty());
    }

    static Launch launch(Desired.HeadStart headStart) {
        return new Launch(headStart.spec(), OptionalLong.empty(), OptionalLong.of(headStart.buildId()));
    }
}
