package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.router.AppRoute;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An app that nobody asks for has no instance of web, and gets one with the next request.
class PlanOfSleepTest extends PlanFixture {
    @BeforeEach
    void sleepsAfterTenMinutes() {
        idleMinutes = 10;
        lastAsked = NOW.minusSeconds(600);
    }

    @Test
    void whoIsAskedForStaysAwake() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        lastAsked = NOW.minusSeconds(599);
        plan("look again");
    }

    @Test
    void whoIsntFallsAsleep() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        plan("serve ASLEEP []", "retire a");
    }

    @Test
    void withoutTheSettingNobodyDoes() {
        idleMinutes = 0;
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        plan();
    }

    @Test
    void workersGoOn() {
        workers.put("mail", 1);
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instance("m", 1, "mail", new Phase.Healthy());
        plan("serve ASLEEP []", "retire a");
    }

    @Test
    void asleepNothingIsStarted() {
        shown = AppRoute.Status.ASLEEP;
        release(1, ReleaseState.LIVE);
        plan();
    }

    @Test
    void aRequestWakesItAndWaitsUntilItIsHealthy() {
        shown = AppRoute.Status.ASLEEP;
        lastAsked = NOW;
        release(1, ReleaseState.LIVE);
        plan("launch 1", "look again");
        instance("a", 1, new Phase.Starting());
        plan("look again");
        phase("a", new Phase.Healthy());
        plan("serve LIVE [a]", "look again");
    }

    @Test
    void whatDiesAsItWakesIsStartedAgainWithBackOff() {
        shown = AppRoute.Status.ASLEEP;
        lastAsked = NOW;
        release(1, ReleaseState.LIVE);
        notBefore.put(spec(1, WEB).fingerprint(), NOW.plusSeconds(5));
        plan("look again", "look again");
    }

    @Test
    void whoSleepsIsntWokenByAReleaseBeforeItIsReady() {
        shown = AppRoute.Status.ASLEEP;
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        plan("launch 2");
        instance("b", 2, new Phase.Healthy());
        plan("serve LIVE [b]", "live 2");
    }

    @Test
    void aRequestDuringAReleaseWakesTheOldOne() {
        shown = AppRoute.Status.ASLEEP;
        lastAsked = NOW;
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        plan("launch 1", "launch 2");
    }

    @Test
    void nobodyFallsAsleepDuringARelease() {
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        release(2, ReleaseState.STARTING);
        instance("b", 2, new Phase.Starting());
        plan();
    }

    @Test
    void whatWasFrozenForARollbackGoesWhenItFallsAsleep() {
        release(2, ReleaseState.LIVE);
        serving("b", 2);
        instance("a", 1, new Phase.Standby());
        standby(1, 60);
        plan("serve ASLEEP []", "retire b", "retire a");
    }

    @Test
    void whoIsStoppedByItsOwnerSaysSo() {
        instances = 0;
        shown = AppRoute.Status.ASLEEP;
        release(1, ReleaseState.LIVE);
        plan("serve STOPPED []");
    }

    @Test
    void withTheSettingTakenBackItWakesAndRequestsWait() {
        idleMinutes = 0;
        shown = AppRoute.Status.ASLEEP;
        release(1, ReleaseState.LIVE);
        plan("launch 1");
    }
}
