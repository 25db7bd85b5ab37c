package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.router.AppRoute;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The plan as a table: what is wanted, what there is, and the steps.
class PlanTest extends PlanFixture {
    @Test
    void anAppWithoutReleasesShowsThatItIsEmpty() {
        shown = null;
        plan("serve EMPTY []");
    }

    @Test
    void aPendingReleaseIsBegunAndItsInstancesLaunched() {
        shown = AppRoute.Status.EMPTY;
        instances = 2;
        release(1, ReleaseState.PENDING);
        plan("serve STARTING []", "begin 1", "launch 1", "launch 1");
    }

    @Test
    void nothingIsToBeDoneWhileInstancesStart() {
        shown = AppRoute.Status.STARTING;
        release(1, ReleaseState.STARTING);
        instance("a", 1, new Phase.Starting());
        plan();
    }

    @Test
    void whenAllInstancesAreHealthyTheRouteMovesThenTheReleaseIsLiveThenTheOldGoes() {
        instances = 2;
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        serving("b", 1);
        instance("c", 2, new Phase.Healthy());
        instance("d", 2, new Phase.Healthy());
        plan("serve LIVE [c, d]", "live 2", "retire a", "retire b");
    }

    @Test
    void oneHealthyInstanceOfTwoIsNotEnough() {
        instances = 2;
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        serving("b", 1);
        instance("c", 2, new Phase.Healthy());
        instance("d", 2, new Phase.Starting());
        plan();
    }

    @Test
    void aFailedInstanceFailsTheReleaseAndTheOldOneNeverNotices() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("b", 2, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("fail 2 EXITED", "discard b");
    }

    @Test
    void theLiveReleaseIsKeptUpBeforeAnythingIsWrittenAboutTheCandidate() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        instance("a", 1, new Phase.Healthy());
        instance("b", 2, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("serve LIVE [a]", "fail 2 EXITED", "discard b");
        seen.removeFirst();
        plan("launch 1", "fail 2 EXITED", "discard b");
    }

    @Test
    void whenOneOfSeveralFailsTheOthersGoToo() {
        instances = 3;
        shown = AppRoute.Status.STARTING;
        release(1, ReleaseState.STARTING);
        instance("a", 1, new Phase.Failed(ReleaseReason.UNHEALTHY, "500"));
        instance("b", 1, new Phase.Healthy());
        instance("c", 1, new Phase.Starting());
        plan("fail 1 UNHEALTHY", "discard a", "retire b", "retire c");
    }

    @Test
    void aNewerReleaseTakesThePlaceOfOneThatStillStarts() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        release(3, ReleaseState.PENDING);
        serving("a", 1);
        instance("b", 2, new Phase.Starting());
        plan("fail 2 NEWER_RELEASE", "begin 3", "launch 3", "retire b");
    }

    @Test
    void aBuildWhoseImageIsHereGetsAHeadStart() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        headStart(2);
        plan("launch 2 for build 70");
        instance("b", 2, new Phase.Starting());
        plan();
    }

    @Test
    void aFailedHeadStartIsKeptForItsReleaseToFail() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        headStart(2);
        instance("b", 2, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan();
        headStart = Optional.empty();
        release(2, ReleaseState.PENDING);
        plan("begin 2", "fail 2 EXITED", "discard b");
    }

    @Test
    void aHealthyHeadStartMakesItsReleaseLiveAtOnce() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.PENDING);
        serving("a", 1);
        instance("b", 2, new Phase.Healthy());
        plan("begin 2", "serve LIVE [b]", "live 2", "retire a");
    }

    @Test
    void aHeadStartWhoseBuildFailedOrWasLostGoes() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instance("b", 2, new Phase.Healthy());
        plan("retire b");
    }

    @Test
    void aDeadInstanceOfTheLiveReleaseLeavesTheRouteAndIsReplaced() {
        release(1, ReleaseState.LIVE);
        serving.add("a");
        instance("a", 1, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("launch 1", "serve LIVE []", "discard a");
    }

    @Test
    void replacementsWaitForTheBackOff() {
        release(1, ReleaseState.LIVE);
        notBefore.put(spec(1, WEB).fingerprint(), NOW.plusSeconds(4));
        instance("a", 1, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("look again", "discard a");
        notBefore.put(spec(1, WEB).fingerprint(), NOW);
        plan("launch 1", "discard a");
        // the clock was set back since
        notBefore.put(spec(1, WEB).fingerprint(), NOW.plusSeconds(3600));
        plan("launch 1", "discard a");
    }

    @Test
    void whatEndedWithTheEngineIsReplacedAtOnceAndFailsNothing() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        instance("a", 1, new Phase.Lost());
        instance("b", 2, new Phase.Lost());
        plan("launch 1", "launch 2", "discard a", "discard b");
    }

    @Test
    void foundInstancesAreCheckedAndServeWhenTheyAreHealthy() {
        release(1, ReleaseState.LIVE);
        instance("a", 1, new Phase.Found());
        plan("check a");
        seen.clear();
        instance("a", 1, new Phase.Healthy());
        plan("serve LIVE [a]");
    }

    @Test
    void killedBetweenTheSwitchAndGoingLive() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        instance("a", 1, new Phase.Found());
        serving("b", 2);
        plan("live 2", "retire a");
    }

    @Test
    void killedBetweenGoingLiveAndRetiringTheOld() {
        release(2, ReleaseState.LIVE);
        instance("a", 1, new Phase.Found());
        serving("b", 2);
        plan("retire a");
    }

    @Test
    void killedInTheMiddleOfAStart() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("b", 2, new Phase.Found());
        plan("check b");
    }

    @Test
    void theRouteIsNeverEmptiedWhileSomebodyStillServes() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        instance("a", 1, new Phase.Found());
        serving("b", 2);
        instance("c", 2, new Phase.Starting());
        instances = 2;
        plan("check a", "launch 1");
    }

    @Test
    void scalingUpLaunchesAndScalingDownRetiresTheYoungest() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instances = 3;
        plan("launch 1", "launch 1");
        serving("b", 1);
        serving("c", 1);
        instances = 1;
        plan("serve LIVE [a]", "retire b", "retire c");
    }

    @Test
    void scaledToZeroNothingRuns() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instances = 0;
        plan("serve STOPPED []", "retire a");
        release(2, ReleaseState.PENDING);
        headStart(3);
        plan("begin 2", "serve STOPPED []", "live 2", "retire a");
    }

    @Test
    void aDeletedAppIsTakenDown() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instance("b", 1, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        instance("c", 1, new Phase.Retiring());
        deleted = true;
        plan("end", "unroute", "retire a", "discard b");
    }

    @Test
    void withoutTablesOnlyTheDeadLeaveTheRoute() {
        serving("a", 1);
        serving.add("b");
        instance("b", 1, new Phase.Lost());
        instance("c", 1, new Phase.Found());
        assertThat(Plan.withoutTables(observed())).extracting(this::text).containsExactly("serve LIVE [a]");
    }

    @Test
    void withoutTablesTheRouteOfAnotherAppOfTheSameNameIsLeftAlone() {
        serving.add("x");
        instance("a", 1, new Phase.Retiring());
        assertThat(Plan.withoutTables(observed())).isEmpty();
    }
}
