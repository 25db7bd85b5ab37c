package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.runtime.rollout.Desired.Wanted;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The part of a [Plan] that is about release commands: what they hold up, and what fails with them.
final class CommandPlan {
    private final Desired desired;
    private final Observed observed;
    private final RunSteps steps;
    private final List<Action> actions;

    /// @param actions where its steps are added
    CommandPlan(Desired desired, Observed observed, RunSteps steps, List<Action> actions) {
        this.desired = desired;
        this.observed = observed;
        this.steps = steps;
        this.actions = actions;
    }

    /// The release whose command is under way: it isn't cut off in the middle because a newer release came.
    Optional<Wanted> unfinished() {
        return desired.open().stream()
                .filter(release -> release.in(ReleaseState.STARTING) && underWay(release))
                .findFirst();
    }

    private boolean underWay(Wanted release) {
        Run run = release.command();
        return run != null && !run.state().isFinal() && steps.present(run);
    }

    /// Takes the command of a release a step further; true when its instances may start.
    boolean done(Wanted release) {
        Run run = release.command();
        if (run == null || run.state() == RunState.SUCCEEDED) {
            return true;
        }
        switch (run.state()) {
            case QUEUED, RUNNING -> steps.step(run, release.web().orElseThrow().as("release"), nothingIsLeft());
            case FAILED, CANCELLED -> actions.add(failure(release, run));
            case SUCCEEDED -> {}
        }
        return false;
    }

    /// Release commands of an app run one after the other, also when the one before is only being removed.
    private boolean nothingIsLeft() {
        Set<Long> others = new HashSet<>(observed.runs().keySet());
        desired.jobs().forEach(job -> others.remove(job.run().id()));
        return others.isEmpty();
    }

    /// When its command failed or was cancelled, the failure of the release that says so.
    Optional<Action> failure(Wanted release) {
        Run run = release.command();
        return run != null && (run.state() == RunState.FAILED || run.state() == RunState.CANCELLED)
                ? Optional.of(failure(release, run))
                : Optional.empty();
    }

    private static Action failure(Wanted release, Run run) {
        return new Action.Fail(release, ReleaseReason.RELEASE_COMMAND_FAILED, String.valueOf(run.message()));
    }
}
