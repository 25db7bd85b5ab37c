package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.router.AppRoute;
import org.junit.jupiter.api.Test;

/// What stands by, in the plan.
class PlanOfStandbyTest extends PlanFixture {
    @Test
    void whatIsReplacedStandsBy() {
        standby(1, 4000);
        workers.put("mailer", 1);
        release(2, ReleaseState.LIVE);
        release(3, ReleaseState.STARTING);
        serving("b", 2);
        instance("m", 2, "mailer", new Phase.Healthy());
        instance("c", 3, new Phase.Healthy());
        instance("n", 3, "mailer", new Phase.Healthy());
        plan("serve LIVE [c]", "live 3", "shelve b", "look again", "retire m");
    }

    @Test
    void afterItsTimeItGoes() {
        release(2, ReleaseState.LIVE);
        serving("b", 2);
        instance("a", 1, new Phase.Standby());
        standby(1, 599);
        plan("look again");
        standby(1, 600);
        plan("retire a");
    }

    @Test
    void onlyTheReleaseBeforeStandsBy() {
        standby(2, 1);
        release(3, ReleaseState.LIVE);
        serving("c", 3);
        instance("b", 2, new Phase.Found());
        instance("a", 1, new Phase.Standby());
        plan("shelve b", "look again", "retire a");
    }

    @Test
    void asManyAsTheAppHasInstancesStandBy() {
        standby(1, 1);
        release(2, ReleaseState.LIVE);
        serving("c", 2);
        instance("a", 1, new Phase.Standby());
        instance("b", 1, new Phase.Standby());
        plan("look again", "retire b");
        instances = 0;
        serving.clear();
        shown = AppRoute.Status.STOPPED;
        plan("retire c", "retire a", "retire b");
    }

    @Test
    void goingBackWakesWhatStandsByAndStartsOnlyWhatIsMissing() {
        instances = 2;
        standby(1, 1);
        release(2, ReleaseState.LIVE);
        serving("b", 2);
        serving("c", 2);
        release(3, 1, ReleaseState.PENDING);
        instance("a", 1, new Phase.Standby());
        plan("begin 3", "wake a", "launch 1");
    }

    @Test
    void whatCannotBeWokenIsReplacedByANewOne() {
        release(2, ReleaseState.LIVE);
        serving("b", 2);
        release(3, 1, ReleaseState.STARTING);
        instance("a", 1, new Phase.Lost());
        plan("launch 1", "discard a");
    }
}
