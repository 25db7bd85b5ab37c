package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.RunState;
import dev.slipway.runtime.router.AppRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The release command in the plan.
class PlanOfCommandsTest extends PlanFixture {
    @Test
    void theReleaseCommandRunsBeforeAnythingOfItsReleaseStarts() {
        command(2, RunState.QUEUED);
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.PENDING);
        serving("a", 1);
        plan("begin 2", "execute 2");
    }

    @Test
    void nothingStartsWhileTheCommandRuns() {
        command(2, RunState.QUEUED, new RunPhase.Creating());
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        plan();
        runs.put(2L, new RunPhase.Running(NOW.minusSeconds(1)));
        plan("run started 2");
        command(2, RunState.RUNNING);
        reopen(1, 2);
        plan("look again");
    }

    @Test
    void whenTheCommandEndedWellItsReleaseStartsAndItsContainerGoes() {
        command(2, RunState.RUNNING, new RunPhase.Ended(0, false));
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        plan("run succeeded 2");
        command(2, RunState.SUCCEEDED);
        reopen(1, 2);
        plan("launch 2", "remove run 2");
        runs.clear();
        instance("b", 2, new Phase.Healthy());
        plan("serve LIVE [b]", "live 2", "retire a");
    }

    @Test
    void aCommandThatFailsFailsItsReleaseAndTheOldOneNeverNotices() {
        command(2, RunState.RUNNING, new RunPhase.Ended(3, false));
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        plan("run failed 2 EXITED");
        command(2, RunState.FAILED);
        reopen(1, 2);
        plan("fail 2 RELEASE_COMMAND_FAILED", "remove run 2");
    }

    @Test
    void aCommandHasATimeLimit() {
        command(2, RunState.RUNNING, new RunPhase.Running(NOW.minusSeconds(60)));
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.STARTING;
        plan("stop run 2 late");
        runs.put(2L, new RunPhase.Stopping(true));
        plan();
        runs.put(2L, new RunPhase.TimedOut());
        plan("run failed 2 TIMED_OUT");
    }

    @Test
    void ofARunsTroublesEachIsToldAsWhatItIs() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        command(2, RunState.RUNNING);
        release(2, ReleaseState.STARTING);
        plan("run failed 2 INTERRUPTED");
        runs.put(2L, new RunPhase.Ended(137, true));
        plan("run failed 2 OUT_OF_MEMORY");
        runs.put(2L, new RunPhase.Refused("no such program"));
        plan("run failed 2 NOT_STARTED");
    }

    @Test
    void killedBeforeTheContainerOfACommandWasStarted() {
        command(2, RunState.QUEUED, new RunPhase.NeverStarted());
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.STARTING;
        plan("remove run 2");
        runs.put(2L, new RunPhase.Removing());
        plan();
        runs.clear();
        plan("execute 2");
    }

    @Test
    void killedBeforeItWasKnownThatTheCommandStartedOrEnded() {
        command(2, RunState.QUEUED, new RunPhase.Ended(0, false));
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.STARTING;
        plan("run started 2");
    }

    @Test
    void aNewerReleaseWaitsForACommandThatIsUnderWay() {
        command(2, RunState.RUNNING, new RunPhase.Running(NOW));
        command(3, RunState.QUEUED);
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        release(3, ReleaseState.PENDING);
        serving("a", 1);
        plan("look again");
        command(2, RunState.SUCCEEDED, new RunPhase.Ended(0, false));
        reopen(1, 2, 3);
        plan("fail 2 NEWER_RELEASE", "begin 3", "remove run 2");
        command(2, RunState.FAILED, new RunPhase.Ended(1, false));
        reopen(1, 2, 3);
        plan("fail 2 RELEASE_COMMAND_FAILED", "begin 3", "remove run 2");
        runs.clear();
        reopen(1, 3);
        plan("begin 3", "execute 3");
    }

    /// Reads releases again: 1 is live, 2 starting, 3 pending.
    private void reopen(int... numbers) {
        open.clear();
        for (int number : numbers) {
            release(
                    number,
                    List.of(ReleaseState.LIVE, ReleaseState.STARTING, ReleaseState.PENDING)
                            .get(number - 1));
        }
    }

    @Test
    void theCommandOfADeletedAppIsStopped() {
        command(1, RunState.RUNNING, new RunPhase.Running(NOW));
        release(1, ReleaseState.STARTING);
        deleted = true;
        shown = null;
        plan("end", "remove run 1");
    }
}
