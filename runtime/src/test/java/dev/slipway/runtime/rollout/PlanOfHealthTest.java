package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import org.junit.jupiter.api.Test;

/// Instances that ail, in the plan.
class PlanOfHealthTest extends PlanFixture {
    @Test
    void anAilingInstanceLeavesTheRouteWhileOthersAreHealthyAndComesBack() {
        instances = 2;
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        serving("b", 1);
        ailing("a", false);
        plan("serve LIVE [b]");
        serving.remove("a");
        plan();
        phase("a", new Phase.Healthy());
        plan("serve LIVE [a, b]");
    }

    @Test
    void theLastInstanceStaysOnTheRouteHoweverIllItIs() {
        instances = 2;
        release(1, ReleaseState.LIVE);
        instance("a", 1, new Phase.Ailing(false, "503"));
        serving("b", 1);
        ailing("b", false);
        plan();
    }

    @Test
    void whenTheLastHealthyInstanceDiesAnAilingOneIsBetterThanNone() {
        instances = 2;
        release(1, ReleaseState.LIVE);
        instance("a", 1, new Phase.Ailing(false, "503"));
        instance("b", 1, new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("launch 1", "serve LIVE [a]", "discard b");
    }

    @Test
    void whatIsGivenUpServesUntilAnotherOneIsHealthy() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        ailing("a", true);
        plan("launch 1");
        instance("b", 1, new Phase.Starting());
        plan();
        phase("b", new Phase.Healthy());
        plan("serve LIVE [b]", "retire a");
    }

    @Test
    void whatIsGivenUpAndGetsWellAgainStaysAndItsSuccessorGoes() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instance("b", 1, new Phase.Starting());
        plan("retire b");
    }

    @Test
    void aSuccessorWaitsForTheBackoff() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        ailing("a", true);
        notBefore.put(spec(1, WEB).fingerprint(), NOW.plusSeconds(8));
        plan("look again");
    }

    @Test
    void whatIsGivenUpOffTheRouteStaysUntilItIsReplacedToo() {
        instances = 2;
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instance("b", 1, new Phase.Ailing(true, "503"));
        plan("launch 1");
        instance("c", 1, new Phase.Starting());
        plan();
        phase("c", new Phase.Healthy());
        plan("serve LIVE [a, c]", "retire b");
    }
}
