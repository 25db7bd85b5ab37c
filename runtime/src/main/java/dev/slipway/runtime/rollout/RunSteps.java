package dev.slipway.runtime.rollout;

import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of a [Plan] that takes runs to their ends, whatever they are for. A command that was started is never
/// started again: what became of it is read from its container.
final class RunSteps {
    private final Observed observed;
    private final Instant now;
    private final List<Action> actions;
    /// Runs whose containers something waits for.
    private final Set<Long> wanted = new HashSet<>();

    /// @param actions where the steps are added
    RunSteps(Observed observed, Instant now, List<Action> actions) {
        this.observed = observed;
        this.now = now;
        this.actions = actions;
    }

    /// There is something of it in the engine.
    boolean present(Run run) {
        return observed.runs().containsKey(run.id());
    }

    /// @param mayStart otherwise it waits
    void step(Run run, InstanceSpec spec, boolean mayStart) {
        wanted.add(run.id());
        RunPhase phase = observed.runs().get(run.id());
        if (run.state() == RunState.QUEUED && hasBegun(phase)) {
            actions.add(new Action.RunStarted(run));
            return;
        }
        switch (phase) {
            case null -> missing(run, spec, mayStart);
            case RunPhase.Creating(), RunPhase.Removing() -> {}
            case RunPhase.Stopping stopping -> {}
            case RunPhase.NeverStarted() -> actions.add(new Action.RemoveRun(run.id()));
            case RunPhase.Running(Instant since) -> running(run, since.plusSeconds(run.timeoutSeconds()));
            case RunPhase.Ended end ->
                end(
                        run,
                        spec,
                        run.cancelRequested()
                                ? RunEnd.cancelled(run, end.exitCode())
                                : RunEnd.ended(run, end, spec.process().memoryMb()));
            case RunPhase.TimedOut() -> end(run, spec, RunEnd.timedOut(run));
            case RunPhase.Refused(String message) -> end(run, spec, RunEnd.refused(run, message));
        }
    }

    private static boolean hasBegun(@Nullable RunPhase phase) {
        return phase instanceof RunPhase.Running
                || phase instanceof RunPhase.Ended
                || phase instanceof RunPhase.TimedOut;
    }

    private void missing(Run run, InstanceSpec spec, boolean mayStart) {
        if (run.cancelRequested()) {
            end(run, spec, RunEnd.cancelled(run, null));
        } else if (run.state() == RunState.RUNNING) {
            end(run, spec, RunEnd.vanished(run));
        } else if (mayStart) {
            actions.add(new Action.Execute(run, spec));
        }
    }

    /// Who is cancelled, or late, may say something at the end, and is waited for.
    private void running(Run run, Instant deadline) {
        if (run.cancelRequested()) {
            actions.add(new Action.StopRun(run.id(), false));
        } else if (now.isBefore(deadline)) {
            actions.add(new Action.LookAgain(deadline));
        } else {
            actions.add(new Action.StopRun(run.id(), true));
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
