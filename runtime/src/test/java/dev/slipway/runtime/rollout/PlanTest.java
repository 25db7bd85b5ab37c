package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.Scale;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.runtime.engine.ImageSource;
import dev.slipway.runtime.router.AppRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The plan as a table: what is wanted, what there is, and the steps.
class PlanTest {
    private static final String WEB = Processes.WEB;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Desired.Wanted> open = new ArrayList<>();
    private Optional<Desired.HeadStart> headStart = Optional.empty();
    private Standby standby = Standby.NEVER;
    private int instances = 1;
    private boolean deleted;
    private final List<Observed.Seen> seen = new ArrayList<>();
    private final Set<String> serving = new HashSet<>();
    private AppRoute.@Nullable Status shown = AppRoute.Status.LIVE;
    private final Map<String, Integer> workers = new TreeMap<>();
    private final Map<String, Instant> notBefore = new HashMap<>();
    private final Map<Integer, Run> commands = new HashMap<>();
    private final Map<Long, RunPhase> runs = new HashMap<>();

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
        plan("begin 1", "launch 1", "launch 1", "serve STARTING []");
    }

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
    }

    @Test
    void whatEndedWithTheEngineIsReplacedAtOnceAndFailsNothing() {
        release(1, ReleaseState.LIVE);
        release(2, ReleaseState.STARTING);
        instance("a", 1, new Phase.Lost());
        instance("b", 2, new Phase.Lost());
        plan("launch 2", "launch 1", "discard a", "discard b");
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
    void allTypesOfAReleaseAreLaunchedAtTheirNumbers() {
        shown = AppRoute.Status.EMPTY;
        workers.put("mailer", 1);
        workers.put("worker", 2);
        release(1, ReleaseState.PENDING);
        plan("begin 1", "launch 1", "launch 1 mailer", "launch 1 worker", "launch 1 worker", "serve STARTING []");
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

    private void release(int number, ReleaseState state) {
        release(number, number, state);
    }

    /// One with the content, and so the instances, of another.
    private void release(int number, int origin, ReleaseState state) {
        open.add(new Desired.Wanted(
                new Release(
                        100 + number,
                        1,
                        number,
                        1,
                        0,
                        Processes.DEFAULT,
                        ReleaseCause.BUILD,
                        null,
                        "ada",
                        state,
                        null,
                        null,
                        NOW,
                        null,
                        null,
                        null),
                Stream.concat(Stream.of(WEB), workers.keySet().stream())
                        .map(type -> spec(origin, type))
                        .toList(),
                commands.get(number)));
    }

    /// Call it before [#release].
    private void command(int release, RunState state, RunPhase... container) {
        commands.put(
                release,
                new Run(
                        release,
                        1,
                        100 + release,
                        Run.Kind.RELEASE,
                        List.of("migrate"),
                        60,
                        state,
                        null,
                        state == RunState.FAILED ? "it failed" : null,
                        null,
                        "ada",
                        NOW,
                        null,
                        null));
        for (RunPhase phase : container) {
            runs.put((long) release, phase);
        }
    }

    /// The release that was live before ended so long ago, and is kept for ten minutes.
    private void standby(int number, int secondsAgo) {
        standby = new Standby(Duration.ofMinutes(10), spec(number, WEB), NOW.minusSeconds(secondsAgo));
    }

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

    private void headStart(int number) {
        headStart = Optional.of(new Desired.HeadStart(70, spec(number, WEB)));
    }

    private InstanceSpec spec(int number, String type) {
        return new InstanceSpec(
                1,
                "shop",
                number,
                type,
                new ImageSource(new Digest("sha256:" + "a".repeat(64)), "shop", null),
                0,
                ProcessSpec.DEFAULT,
                8000);
    }

    private void instance(String id, int release, Phase phase) {
        instance(id, release, WEB, phase);
    }

    private void instance(String id, int release, String type, Phase phase) {
        seen.add(new Observed.Seen(id, spec(release, type).fingerprint(), phase, NOW.plusSeconds(seen.size())));
    }

    private void ailing(String id, boolean givenUp) {
        phase(id, new Phase.Ailing(givenUp, "503"));
    }

    private void phase(String id, Phase phase) {
        seen.replaceAll(i -> i.id().equals(id) ? new Observed.Seen(id, i.fingerprint(), phase, i.createdAt()) : i);
    }

    private void serving(String id, int release) {
        instance(id, release, new Phase.Healthy());
        serving.add(id);
    }

    @SuppressWarnings("NullAway") // in class files it misses the annotation of a compact constructor's parameter
    private Observed observed() {
        return new Observed(seen, serving, shown, notBefore, runs);
    }

    private void plan(String... steps) {
        Scale scale = new Scale(instances, new TreeMap<>(workers));
        Desired desired = new Desired(1, "shop", deleted, scale, open, headStart, standby);
        assertThat(Plan.of(desired, observed(), NOW)).extracting(this::text).containsExactly(steps);
    }

    private static String said(String message) {
        return message.startsWith("Process type") ? message.substring("Process type".length()) : "";
    }

    private String text(Action action) {
        return switch (action) {
            case Action.Begin(var release) -> "begin " + release.release().number();
            case Action.Execute(var run, var spec) -> "execute " + run.id();
            case Action.RunStarted(var run) -> "run started " + run.id();
            case Action.EndRun(var run, var spec, RunEnd.Succeeded()) -> "run succeeded " + run.id();
            case Action.EndRun(var run, var spec, RunEnd.Failed(var failure)) ->
                "run failed " + run.id() + " " + failure.reason();
            case Action.RemoveRun(long id) -> "remove run " + id;
            case Action.Launch launch ->
                "launch " + launch.spec().release()
                        + (launch.spec().web() ? "" : " " + launch.spec().type())
                        + (launch.build().isPresent()
                                ? " for build " + launch.build().getAsLong()
                                : "");
            case Action.Check(var id, var spec) -> "check " + id;
            case Action.Serve(var status, var ids) -> "serve " + status + " " + new TreeSet<>(ids);
            case Action.Unroute() -> "unroute";
            case Action.GoLive(var release) -> "live " + release.release().number();
            case Action.Fail(var release, var reason, var message) ->
                "fail " + release.release().number() + " " + reason + said(message);
            case Action.Shelve(var id) -> "shelve " + id;
            case Action.Wake(var id, var spec) -> "wake " + id;
            case Action.Retire(var id) -> "retire " + id;
            case Action.Discard(var id) -> "discard " + id;
            case Action.EndReleases() -> "end";
            case Action.LookAgain(var at) -> "look again";
        };
    }
}
