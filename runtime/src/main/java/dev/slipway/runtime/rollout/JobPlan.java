package dev.slipway.runtime.rollout;

import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.runtime.rollout.Desired.Job;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The part of a [Plan] that is about commands which people and schedules ask for. They run beside whatever is
/// rolled out.
final class JobPlan {
    private final Desired desired;
    private final RunSteps steps;

    JobPlan(Desired desired, RunSteps steps) {
        this.desired = desired;
        this.steps = steps;
    }

    void step() {
        for (Job job : desired.jobs()) {
            steps.step(
                    job.run(), job.spec().as("run"), desired.jobs().stream().noneMatch(other -> holdsUp(other, job)));
        }
    }

    /// Those that run, or are about to.
    ///
    /// @param present of which there is something in the engine
    static Set<Long> underWay(Desired desired, Set<Long> present) {
        return desired.jobs().stream()
                .map(Job::run)
                .filter(run -> run.state() == RunState.RUNNING || present.contains(run.id()))
                .map(Run::id)
                .collect(Collectors.toSet());
    }

    /// One that takes the place of another starts when that one has ended.
    private static boolean holdsUp(Job other, Job job) {
        Run before = other.run();
        return before.id() < job.run().id()
                && before.cancelRequested()
                && before.scheduleId() != null
                && Objects.equals(before.scheduleId(), job.run().scheduleId());
    }
}
