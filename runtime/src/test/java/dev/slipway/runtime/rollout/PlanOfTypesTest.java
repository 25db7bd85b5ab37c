package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.router.AppRoute;
import org.junit.jupiter.api.Test;

/// Process types in the plan.
class PlanOfTypesTest extends PlanFixture {
    @Test
    void allTypesOfAReleaseAreLaunchedAtTheirNumbers() {
        shown = AppRoute.Status.EMPTY;
        workers.put("mailer", 1);
        workers.put("worker", 2);
        release(1, ReleaseState.PENDING);
        plan("serve STARTING []", "begin 1", "launch 1", "launch 1 mailer", "launch 1 worker", "launch 1 worker");
    }

    @Test
    void aReleaseWaitsForItsWorkersAndWorkersNeverServe() {
        workers.put("worker", 1);
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("b", 1, "worker", new Phase.Healthy());
        instance("c", 2, new Phase.Healthy());
        instance("d", 2, "worker", new Phase.Starting());
        plan();
        seen.removeLast();
        instance("d", 2, "worker", new Phase.Healthy());
        plan("serve LIVE [c]", "live 2", "retire a", "retire b");
    }

    @Test
    void aFailedWorkerFailsItsReleaseAndNothingOfTheOldOneStops() {
        workers.put("worker", 1);
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("b", 1, "worker", new Phase.Healthy());
        instance("c", 2, new Phase.Healthy());
        instance("d", 2, "worker", new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("fail 2 EXITED \"worker\": exit 1", "retire c", "discard d");
    }

    @Test
    void aTypeThatTheNewReleaseHasNoLongerStopsWhenItGoesLive() {
        workers.put("worker", 1);
        release(1, ReleaseState.LIVE);
        instance("b", 1, "worker", new Phase.Healthy());
        workers.clear();
        release(2, ReleaseState.STARTING);
        serving("a", 1);
        instance("c", 2, new Phase.Starting());
        plan();
        seen.removeLast();
        instance("c", 2, new Phase.Healthy());
        workers.put("worker", 1);
        plan("serve LIVE [c]", "live 2", "retire b", "retire a");
    }

    @Test
    void eachTypeBacksOffForItself() {
        workers.put("worker", 1);
        release(1, ReleaseState.LIVE);
        notBefore.put(spec(1, "worker").fingerprint(), NOW.plusSeconds(4));
        instance("b", 1, "worker", new Phase.Failed(ReleaseReason.EXITED, "exit 1"));
        plan("launch 1", "look again", "discard b");
        notBefore.clear();
        plan("launch 1", "launch 1 worker", "discard b");
    }

    @Test
    void typesAreScaledByThemselves() {
        workers.put("worker", 2);
        release(1, ReleaseState.LIVE);
        serving("a", 1);
        instance("b", 1, "worker", new Phase.Healthy());
        plan("launch 1 worker");
        workers.put("worker", 0);
        plan("retire b");
    }

    @Test
    void anAppWithoutWebStillRunsItsWorkers() {
        instances = 0;
        shown = AppRoute.Status.STOPPED;
        workers.put("worker", 1);
        release(1, ReleaseState.LIVE);
        plan("launch 1 worker");
    }

    @Test
    void foundWorkersAreChecked() {
        instances = 0;
        shown = AppRoute.Status.STOPPED;
        workers.put("worker", 1);
        release(1, ReleaseState.LIVE);
        instance("b", 1, "worker", new Phase.Found());
        plan("check b");
    }
}
