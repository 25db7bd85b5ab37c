package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands that people and schedules ask for, in the plan.
class PlanOfJobsTest extends PlanFixture {
    private static final long NIGHTLY = 5;

    @BeforeEach
    void somethingIsLive() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
    }

    @Test
    void itStartsAtOnceAndIsWatchedUntilItEnds() {
        job(7, RunState.QUEUED, null, null);
        plan("execute 7");
        runs.put(7L, new RunPhase.Creating());
        plan();
        runs.put(7L, new RunPhase.Running(NOW));
        plan("run started 7");
        job(7, RunState.RUNNING, null, null);
        plan("look again");
        runs.put(7L, new RunPhase.Ended(0, false));
        plan("run succeeded 7");
        jobs.clear();
        plan("remove run 7");
    }

    @Test
    void severalRunSideBySide() {
        job(7, RunState.QUEUED, null, null);
        job(8, RunState.QUEUED, NIGHTLY, null);
        job(9, RunState.QUEUED, NIGHTLY, null);
        plan("execute 7", "execute 8", "execute 9");
    }

    @Test
    void whatBecameOfItIsToldAsWhatItIs() {
        job(7, RunState.RUNNING, null, null);
        plan("run failed 7 INTERRUPTED");
        runs.put(7L, new RunPhase.Ended(3, false));
        plan("run failed 7 EXITED");
        runs.put(7L, new RunPhase.Ended(137, true));
        plan("run failed 7 OUT_OF_MEMORY");
        runs.put(7L, new RunPhase.Refused("no such program"));
        plan("run failed 7 NOT_STARTED");
        runs.put(7L, new RunPhase.TimedOut());
        plan("run failed 7 TIMED_OUT");
    }

    @Test
    void cancelledWhileItRunsItIsStoppedFirstAndThenReadToItsEnd() {
        job(7, RunState.RUNNING, null, "ada", new RunPhase.Running(NOW));
        plan("stop run 7");
        runs.put(7L, new RunPhase.Stopping(false));
        plan();
        runs.put(7L, new RunPhase.Ended(143, false));
        plan("run cancelled 7 143");
    }

    @Test
    void lateItIsStoppedFirstAndHasNotEndedBefore() {
        job(7, RunState.RUNNING, NIGHTLY, null, new RunPhase.Running(NOW.minusSeconds(60)));
        plan("stop run 7 late");
        runs.put(7L, new RunPhase.Stopping(true));
        plan();
        runs.put(7L, new RunPhase.TimedOut());
        plan("run failed 7 TIMED_OUT");
    }

    @Test
    void cancelledBeforeItStartedItNeverDoes() {
        job(7, RunState.QUEUED, null, "ada");
        plan("run cancelled 7 null");
        runs.put(7L, new RunPhase.NeverStarted());
        plan("remove run 7");
        runs.put(7L, new RunPhase.Creating());
        plan();
        runs.put(7L, new RunPhase.Running(NOW));
        plan("run started 7");
    }

    @Test
    void whatTakesAnothersPlaceWaitsForItsEnd() {
        job(7, RunState.RUNNING, NIGHTLY, "backup", new RunPhase.Stopping(false));
        job(8, RunState.QUEUED, NIGHTLY, null);
        job(9, RunState.QUEUED, 6L, null);
        plan("execute 9");
        jobs.removeFirst();
        runs.put(7L, new RunPhase.Removing());
        plan("execute 8", "execute 9");
    }

    @Test
    void aRolloutAndItsCommandDontWaitForThem() {
        job(7, RunState.RUNNING, null, null, new RunPhase.Running(NOW));
        command(2, RunState.QUEUED);
        release(2, ReleaseState.STARTING);
        plan("execute 2", "look again");
    }

    @Test
    void ofADeletedAppTheyAreStopped() {
        runs.put(7L, new RunPhase.Running(NOW));
        deleted = true;
        open.clear();
        shown = null;
        plan("retire a", "remove run 7");
    }

    @Test
    void aReleaseCommandThatIsCancelledFailsItsRelease() {
        command(2, RunState.CANCELLED);
        release(2, ReleaseState.STARTING);
        plan("fail 2 RELEASE_COMMAND_FAILED");
    }
}
