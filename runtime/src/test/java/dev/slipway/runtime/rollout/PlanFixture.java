package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.Scale;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.runtime.engine.ImageSource;
import dev.slipway.runtime.engine.Mount;
import dev.slipway.runtime.engine.VolumeSpec;
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

/// What is wanted, what there is, and the steps of a plan as words.
abstract class PlanFixture {
    static final String WEB = Processes.WEB;
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final List<Desired.Wanted> open = new ArrayList<>();
    Optional<Desired.HeadStart> headStart = Optional.empty();
    Standby standby = Standby.NEVER;
    int instances = 1;
    boolean deleted;
    final List<Observed.Seen> seen = new ArrayList<>();
    final Set<String> serving = new HashSet<>();
    AppRoute.@Nullable Status shown = AppRoute.Status.LIVE;
    final Map<String, Integer> workers = new TreeMap<>();
    final Map<String, Instant> notBefore = new HashMap<>();
    final Map<Integer, Run> commands = new HashMap<>();
    final Map<Long, RunPhase> runs = new HashMap<>();
    /// By process type, what its instances write.
    final Map<String, String> volumes = new HashMap<>();
    final Set<String> taken = new HashSet<>();
    int idleMinutes;
    Instant lastAsked = NOW;
    final List<Desired.Job> jobs = new ArrayList<>();

    void release(int number, ReleaseState state) {
        release(number, number, state);
    }

    /// One with the content, and so the instances, of another.
    void release(int number, int origin, ReleaseState state) {
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
    void command(int release, RunState state, RunPhase... container) {
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

    /// A command that a schedule, or somebody, asked for; its container is in `container`.
    void job(long id, RunState state, @Nullable Long schedule, @Nullable String cancelledBy, RunPhase... container) {
        jobs.removeIf(job -> job.run().id() == id);
        jobs.add(new Desired.Job(
                new Run(
                        id,
                        1,
                        101,
                        schedule == null ? Run.Kind.ONE_OFF : Run.Kind.SCHEDULED,
                        List.of("report"),
                        60,
                        state,
                        null,
                        null,
                        null,
                        "ada",
                        NOW,
                        null,
                        null,
                        schedule,
                        cancelledBy),
                spec(1, WEB)));
        for (RunPhase phase : container) {
            runs.put(id, phase);
        }
    }

    /// The release that was live before ended so long ago, and is kept for ten minutes.
    void standby(int number, int secondsAgo) {
        standby = new Standby(Duration.ofMinutes(10), spec(number, WEB), NOW.minusSeconds(secondsAgo));
    }

    void headStart(int number) {
        headStart = Optional.of(new Desired.HeadStart(70, spec(number, WEB)));
    }

    InstanceSpec spec(int number, String type) {
        return new InstanceSpec(
                        1,
                        "shop",
                        number,
                        type,
                        new ImageSource(new Digest("sha256:" + "a".repeat(64)), "shop", null),
                        0,
                        ProcessSpec.DEFAULT,
                        8000)
                .with(Stream.ofNullable(volumes.get(type))
                        .map(volume -> new Storage(
                                1,
                                "shop/" + volume,
                                new VolumeSpec(volume, Map.of(), true),
                                new Mount(volume, "/data", false)))
                        .toList());
    }

    void instance(String id, int release, Phase phase) {
        instance(id, release, WEB, phase);
    }

    void instance(String id, int release, String type, Phase phase) {
        InstanceSpec spec = spec(release, type);
        seen.add(new Observed.Seen(id, spec.fingerprint(), phase, NOW.plusSeconds(seen.size()), spec.writes()));
    }

    void ailing(String id, boolean givenUp) {
        phase(id, new Phase.Ailing(givenUp, "503"));
    }

    void phase(String id, Phase phase) {
        seen.replaceAll(
                i -> i.id().equals(id) ? new Observed.Seen(id, i.fingerprint(), phase, i.createdAt(), i.writes()) : i);
    }

    void gone(String id) {
        seen.removeIf(i -> i.id().equals(id));
        serving.remove(id);
    }

    void serving(String id, int release) {
        instance(id, release, new Phase.Healthy());
        serving.add(id);
    }

    @SuppressWarnings("NullAway") // in class files it misses the annotation of a compact constructor's parameter
    Observed observed() {
        return new Observed(seen, serving, shown, notBefore, runs, taken, lastAsked);
    }

    void plan(String... steps) {
        Scale scale = new Scale(instances, new TreeMap<>(workers), idleMinutes);
        Desired desired = new Desired(1, "shop", deleted, scale, open, headStart, standby, jobs);
        assertThat(Plan.of(desired, observed(), NOW)).extracting(this::text).containsExactly(steps);
    }

    private static String said(String message) {
        return message.startsWith("Process type") ? message.substring("Process type".length()) : "";
    }

    String text(Action action) {
        return switch (action) {
            case Action.Begin(var release) -> "begin " + release.release().number();
            case Action.Execute(var run, var spec) -> "execute " + run.id();
            case Action.RunStarted(var run) -> "run started " + run.id();
            case Action.EndRun(var run, var spec, RunEnd.Succeeded()) -> "run succeeded " + run.id();
            case Action.EndRun(var run, var spec, RunEnd.Failed(var failure)) ->
                "run failed " + run.id() + " " + failure.reason();
            case Action.EndRun(var run, var spec, RunEnd.Cancelled(var message, var exit)) ->
                "run cancelled " + run.id() + " " + exit;
            case Action.StopRun(long id, boolean late) -> "stop run " + id + (late ? " late" : "");
            case Action.RemoveRun(long id) -> "remove run " + id;
            case Action.Launch launch ->
                "launch " + launch.spec().release()
                        + (launch.spec().web() ? "" : " " + launch.spec().type())
                        + (launch.build().isPresent()
                                ? " for build " + launch.build().getAsLong()
                                : "");
            case Action.Admit(var id, var launch) -> "admit " + id;
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
