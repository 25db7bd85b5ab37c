package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.router.AppRoute;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Of an app that writes a volume: the old goes before the new, and comes back when the new one fails.
class PlanOfStorageTest extends PlanFixture {
    private static final Phase READY = new Phase.Waiting(true);

    @BeforeEach
    void webWrites() {
        volumes.put(WEB, "data");
    }

    @Test
    void theOldOneServesUntilTheNewOneIsReadyToStart() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.PENDING);
        serving("a", 1);
        plan("begin 2", "launch 2");
        instance("b", 2, new Phase.Waiting(false));
        plan("look again", "begin 2");
    }

    @Test
    void thenItGoesWhileRequestsWait() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("b", 2, READY);
        plan("serve CHANGING []", "retire a");
    }

    @Test
    void nobodyIsLetInBeforeItsContainerIsRemoved() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("a", 1, new Phase.Retiring());
        instance("b", 2, READY);
        plan();
        gone("a");
        plan("admit b");
    }

    @Test
    void whenTheNewOneIsHealthyRequestsGoOn() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("b", 2, new Phase.Starting());
        plan();
        phase("b", new Phase.Healthy());
        plan("serve LIVE [b]", "live 2");
    }

    @Test
    void whenTheNewOneFailsTheOldOneIsStartedAgain() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("b", 2, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("launch 1", "fail 2 EXITED", "discard b");
        open.remove(1);
        instance("a", 1, READY);
        phase("b", new Phase.Retiring());
        plan();
        gone("b");
        plan("admit a");
        phase("a", new Phase.Healthy());
        plan("serve LIVE [a]");
    }

    @Test
    void aFailureBeforeTheOldOneWasStoppedChangesNothing() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("b", 2, new Phase.Failed(ReleaseReason.IMAGE_UNAVAILABLE, "gone"));
        plan("fail 2 IMAGE_UNAVAILABLE", "discard b");
    }

    @Test
    void killedBetweenStopAndStartTheNewOneGoesOn() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        plan("launch 1", "launch 2");
        instance("b", 2, new Phase.Waiting(false));
        plan("look again");
        phase("b", READY);
        plan("admit b");
    }

    @Test
    void theNewOneGoesFirstWhenBothAreReadyAndTheOldOneStaysReady() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("a", 1, READY);
        instance("b", 2, READY);
        plan("admit b");
    }

    @Test
    void killedWhileTheNewOneStarts() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("b", 2, new Phase.Found());
        plan("check b");
    }

    @Test
    void killedWhileTheOldOneEnds() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("a", 1, new Phase.Found());
        plan("check a", "launch 2");
        instance("b", 2, READY);
        plan("retire a");
    }

    @Test
    void whileAnImageTakesItsTimeTheOldOneIsKeptUp() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        instance("b", 2, new Phase.Waiting(false));
        seen.replaceAll(i -> new Observed.Seen(i.id(), i.fingerprint(), i.phase(), NOW.minusSeconds(10), i.writes()));
        shown = AppRoute.Status.CHANGING;
        plan("launch 1");
    }

    @Test
    void aNewerReleaseTakesTheVolumeFromOneThatStarts() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        release(3, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("b", 2, new Phase.Starting());
        instance("c", 3, READY);
        plan("fail 2 NEWER_RELEASE", "retire b");
    }

    @Test
    void thereIsNeverMoreThanOne() {
        instances = 3;
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        plan();
    }

    @Test
    void whatIsGivenUpGoesBeforeItsReplacement() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        ailing("a", true);
        plan("launch 1");
        instance("b", 1, new Phase.Waiting(false));
        plan();
        phase("b", READY);
        plan("serve CHANGING []", "retire a");
    }

    @Test
    void whatGotWellAgainStays() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instance("b", 1, READY);
        plan("discard b");
    }

    @Test
    void aDeadOneIsReplacedWhileRequestsWait() {
        release(1, ReleaseState.LIVE);
        instance("a", 1, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("launch 1", "serve CHANGING []", "discard a");
    }

    @Test
    void inACrashLoopRequestsDontWait() {
        release(1, ReleaseState.LIVE);
        notBefore.put(spec(1, WEB).fingerprint(), NOW.plusSeconds(4));
        instance("a", 1, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("look again", "discard a");
    }

    @Test
    void whatDoesNotWriteGetsHealthyBeforeAnythingIsStopped() {
        workers.put("mailer", 1);
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("m", 1, "mailer", new Phase.Healthy());
        instance("b", 2, READY);
        instance("n", 2, "mailer", new Phase.Starting());
        plan("look again");
        phase("n", new Phase.Healthy());
        plan("serve CHANGING []", "retire a");
    }

    @Test
    void aWorkerThatWritesStopsFirstWhileWebGoesOn() {
        volumes.clear();
        volumes.put("mailer", "queue");
        workers.put("mailer", 1);
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("m", 1, "mailer", new Phase.Healthy());
        instance("b", 2, new Phase.Healthy());
        instance("n", 2, "mailer", READY);
        plan("retire m");
        gone("m");
        plan("admit n");
        phase("n", new Phase.Healthy());
        plan("serve LIVE [b]", "live 2", "retire a");
    }

    @Test
    void aVolumeOfAnotherAppsInstanceIsWaitedFor() {
        release(1, ReleaseState.LIVE);
        shown = AppRoute.Status.CHANGING;
        instance("a", 1, READY);
        taken.add("data");
        plan();
        taken.clear();
        plan("admit a");
    }

    @Test
    void aVolumeThatIsMountedElsewhereFromNowOnReplacesItsInstance() {
        volumes.clear();
        release(1, ReleaseState.LIVE);
        open.clear();
        serving("a", 1);
        volumes.put(WEB, "data");
        release(1, ReleaseState.LIVE);
        plan("launch 1");
        instance("b", 1, READY);
        plan("admit b");
        phase("b", new Phase.Healthy());
        plan("serve LIVE [b]", "retire a");
    }

    @Test
    void nobodyHasToLeaveForWhatAnotherAppStillHas() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("b", 2, READY);
        taken.add("data");
        plan();
    }

    @Test
    void whileTheNewOneHasToWaitForItsWorkersADeadOldOneIsStartedAgain() {
        workers.put("mailer", 1);
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        shown = AppRoute.Status.CHANGING;
        instance("m", 1, "mailer", new Phase.Healthy());
        instance("b", 2, READY);
        instance("n", 2, "mailer", new Phase.Starting());
        seen.replaceAll(i -> new Observed.Seen(i.id(), i.fingerprint(), i.phase(), NOW.minusSeconds(10), i.writes()));
        plan("launch 1");
        instance("a", 1, READY);
        plan("admit a");
    }

    @Test
    void webThatGivesItsVolumeToAWorkerServesUntilOneWithoutItIsHealthy() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        open.clear();
        volumes.clear();
        volumes.put("mailer", "data");
        workers.put("mailer", 1);
        release(1, ReleaseState.LIVE);
        instance("w", 1, new Phase.Starting());
        instance("m", 1, "mailer", READY);
        plan();
        phase("w", new Phase.Healthy());
        plan("serve LIVE [w]", "retire a");
        gone("a");
        serving.add("w");
        plan("admit m");
    }

    @Test
    void whatWritesNeverStandsBy() {
        standby(1, 1);
        release(2, ReleaseState.LIVE);
        serving("b", 2);
        instance("a", 1, new Phase.Found());
        plan("retire a");
    }
}
