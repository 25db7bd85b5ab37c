package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.runtime.rollout.Desired.Wanted;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The part of a [Plan] that is about release commands. A command that was started is never started again: what
/// became of it is read from its container, and without one the release fails.
final class CommandPlan {
    private final Desired desired;
    private final Observed observed;
    private final Instant now;
    private final List<Action> actions;
    /// Runs whose containers something waits for.
    private final Set<Long> wanted = new HashSet<>();

    /// @param actions where its steps are added
    CommandPlan(Desired desired, Observed observed, Instant now, List<Action> actions) {
        this.desired = desired;
        this.observed = observed;
        this.now = now;
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
        return run != null && !run.state().isFinal() && observed.runs().containsKey(run.id());
    }

    /// Takes the command of a release a step further; true when its instances may start.
    boolean done(Wanted release) {
        Run run = release.command();
        if (run == null || run.state() == RunState.SUCCEEDED) {
            return true;
        }
        switch (run.state()) {
            case QUEUED, RUNNING -> {
                wanted.add(run.id());
                step(run, release.web().orElseThrow().as("release"));
            }
            case FAILED -> actions.add(failure(release, run));
            case SUCCEEDED, CANCELLED -> {} // cancelled: its release has just ended
        }
        return false;
    }

    /// When its command failed, the failure of the release that says so.
    Optional<Action> failure(Wanted release) {
        Run run = release.command();
        return run != null && run.state() == RunState.FAILED ? Optional.of(failure(release, run)) : Optional.empty();
    }

    private static Action failure(Wanted release, Run run) {
        return new Action.Fail(release, ReleaseReason.RELEASE_COMMAND_FAILED, String.valueOf(run.message()));
    }

    private void step(Run run, InstanceSpec spec) {
        RunPhase phase = observed.runs().get(run.id());
        if (run.state() == RunState.QUEUED && (phase instanceof RunPhase.Running || phase instanceof RunPhase.Ended)) {
            actions.add(new Action.RunStarted(run));
            return;
        }
        switch (phase) {
            case null -> missing(run, spec);
            case RunPhase.Creating(), RunPhase.Removing() -> {}
            case RunPhase.NeverStarted() -> actions.add(new Action.RemoveRun(run.id()));
            case RunPhase.Running(Instant since) -> running(run, spec, since.plusSeconds(run.timeoutSeconds()));
            case RunPhase.Ended end ->
                end(run, spec, RunEnd.ended(run, end, spec.process().memoryMb()));
            case RunPhase.Refused(String message) -> end(run, spec, RunEnd.refused(run, message));
        }
    }

    /// Commands of an app run one after the other, also when the one before is only being removed.
    private void missing(Run run, InstanceSpec spec) {
        if (run.state() == RunState.RUNNING) {
            end(run, spec, RunEnd.vanished(run));
        } else if (observed.runs().isEmpty()) {
            actions.add(new Action.Execute(run, spec));
        }
    }

    private void running(Run run, InstanceSpec spec, Instant deadline) {
        if (now.isBefore(deadline)) {
            actions.add(new Action.LookAgain(deadline));
        } else {
            end(run, spec, RunEnd.timedOut(run));
        }
    }

    private void end(Run run, InstanceSpec spec, RunEnd end) {
        actions.add(new Action.EndRun(run, spec, end));
    }

    /// What nothing waits for goes.
    void removeUnwanted() {
        observed.runs().forEach((id, phase) -> {
            if (!wanted.contains(id) && !(phase instanceof RunPhase.Removing)) {
                actions.add(new Action.RemoveRun(id));
            }
        });
    }
}
