package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.rollout.Desired.Wanted;
import dev.slipway.runtime.rollout.Observed.Seen;
import dev.slipway.runtime.router.AppRoute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What to do next for one app, from what the tables want and what there is. Pure; asked again whenever either
/// changed.
///
/// A release's command runs before anything of it starts. A release is ready when all its process types are. Then
/// web's requests move to it in one step, it goes live, and the instances of the old one stop, or web's are frozen;
/// until then workers of both run side by side. What writes a volume comes last, and there the old goes first: see
/// [StoragePlan].
final class Plan {
    private final Desired desired;
    private final Observed observed;
    private final Instant now;
    private final List<Action> actions = new ArrayList<>();
    private final RunSteps runs;
    private final CommandPlan commands;
    private final StoragePlan storage;
    private final Doze doze;
    /// Instances that something wants.
    private final Set<String> wanted = new HashSet<>();

    private Plan(Desired desired, Observed observed, Instant now) {
        this.desired = desired;
        this.observed = observed;
        this.now = now;
        this.runs = new RunSteps(observed, now, actions);
        this.commands = new CommandPlan(desired, observed, runs, actions);
        this.storage = new StoragePlan(desired, observed, now, actions);
        this.doze = Doze.of(desired, observed, now);
    }

    static List<Action> of(Desired desired, Observed observed, Instant now) {
        Plan plan = new Plan(desired, observed, now);
        if (desired.deleted()) {
            plan.end();
        } else {
            plan.decide();
        }
        return plan.actions;
    }

    /// As long as the tables were never read: only what has died leaves the route. One that leads to nothing of this
    /// app's is that of another with the same name, which was deleted or made since.
    static List<Action> withoutTables(Observed observed) {
        Set<String> served = ids(observed.instances(), i -> observed.serving().contains(i.id()));
        if (served.isEmpty()) {
            return List.of();
        }
        Set<String> alive = observed.instances().stream()
                .filter(i -> i.phase().usable())
                .map(Seen::id)
                .collect(Collectors.toSet());
        alive.retainAll(observed.serving());
        return alive.equals(observed.serving()) || observed.shown() == null
                ? List.of()
                : List.of(new Action.Serve(observed.shown(), alive));
    }

    private void decide() {
        Optional<Wanted> candidate = commands.unfinished().or(desired::candidate);
        candidate.ifPresent(this::supersedeOlder);
        boolean ready = candidate.map(this::roll).orElse(false);
        int towardsCandidate = actions.size();
        if (!ready) {
            desired.live().ifPresent(this::supervise);
        }
        Set<String> serving = serving(ready ? candidate : desired.live());
        AppRoute.Status status = status(ready, serving);
        if (!serving.equals(observed.serving()) || status != observed.shown()) {
            actions.add(new Action.Serve(status, serving));
        }
        if (ready) {
            actions.add(new Action.GoLive(candidate.orElseThrow()));
        } else {
            // a table that can't be written holds up the candidate, never what keeps the live release up
            Collections.rotate(actions, -towardsCandidate);
        }
        desired.headStart().ifPresent(this::headStart);
        removeUnwanted(serving, ready ? desired.standby().after(desired.live(), now) : desired.standby());
        new JobPlan(desired, runs).step();
        runs.removeUnwanted();
        doze.next().ifPresent(falling -> actions.add(new Action.LookAgain(falling)));
    }

    private void supersedeOlder(Wanted candidate) {
        for (Wanted older : desired.open()) {
            if (older.in(ReleaseState.STARTING)
                    && older.release().number() < candidate.release().number()) {
                actions.add(commands.failure(older)
                        .orElseGet(() -> new Action.Fail(
                                older,
                                ReleaseReason.NEWER_RELEASE,
                                "Release " + candidate.release().number() + " came before it was healthy.")));
            }
        }
    }

    /// Takes the candidate a step further; true when all instances of all its types are healthy.
    private boolean roll(Wanted candidate) {
        if (candidate.in(ReleaseState.PENDING)) {
            actions.add(new Action.Begin(candidate));
        }
        if (!commands.done(candidate)) {
            return false;
        }
        for (InstanceSpec type : candidate.types()) {
            for (Seen instance : matching(type)) {
                if (instance.phase() instanceof Phase.Failed(ReleaseReason reason, String message)) {
                    actions.add(new Action.Fail(candidate, reason, of(type, message)));
                    return false;
                }
            }
        }
        boolean ready = true;
        boolean writersReady = true;
        List<Seen> writers = new ArrayList<>();
        for (InstanceSpec type : candidate.types()) {
            List<Seen> kept = keep(type);
            attend(type, kept);
            launchMissing(candidate, type, kept);
            boolean healthy =
                    kept.size() >= instances(type) && kept.stream().allMatch(i -> i.phase() instanceof Phase.Healthy);
            if (type.writes().isEmpty()) {
                ready &= healthy;
            } else {
                writersReady &= healthy;
                writers.addAll(kept);
            }
        }
        if (ready) {
            storage.change(candidate, writers);
        }
        return ready && writersReady;
    }

    /// Of several types it must be said whose message it is.
    private static String of(InstanceSpec type, String message) {
        return type.web() ? message : "Process type \"" + type.type() + "\": " + message;
    }

    /// Keeps the live release at its number of instances.
    private void supervise(Wanted live) {
        for (InstanceSpec type : live.types()) {
            if (type.web() && doze.asleep() && desired.candidate().isPresent()) {
                continue; // it sleeps on until the new one is ready
            }
            List<Seen> kept = keep(type);
            attend(type, kept);
            Instant notBefore = Backoff.sane(observed.notBefore().getOrDefault(type.fingerprint(), Instant.EPOCH), now);
            if (!type.writes().isEmpty() && storage.yields(type)) {
                continue;
            }
            if (kept.size() < instances(type) && now.isBefore(notBefore)) {
                actions.add(new Action.LookAgain(notBefore));
            } else {
                launchMissing(live, type, kept);
            }
            storage.change(live, kept);
        }
    }

    /// Marks as wanted as many instances as the app should have of this type, those that serve first, then the
    /// healthy, then the oldest.
    private List<Seen> keep(InstanceSpec type) {
        List<Seen> mine = matching(type);
        List<Seen> kept = mine.stream()
                .filter(i -> i.phase().usable() && !i.phase().givenUp() && !storage.leaves(i))
                .sorted(Comparator.comparing((Seen i) -> !observed.serving().contains(i.id()))
                        .thenComparing(i -> !(i.phase() instanceof Phase.Healthy))
                        .thenComparing(Seen::createdAt))
                .limit(instances(type))
                .toList();
        kept.forEach(i -> wanted.add(i.id()));
        stayUntilReplaced(type, mine, kept);
        return kept;
    }

    /// New before old holds for what is given up too: it may get well again before another one is.
    private void stayUntilReplaced(InstanceSpec type, List<Seen> mine, List<Seen> kept) {
        long healthy =
                kept.stream().filter(i -> i.phase() instanceof Phase.Healthy).count();
        mine.stream()
                .filter(i -> i.phase().givenUp())
                .limit(Math.max(0, instances(type) - healthy))
                .forEach(i -> wanted.add(i.id()));
    }

    /// Sees to those that are there but don't serve yet.
    private void attend(InstanceSpec spec, List<Seen> instances) {
        for (Seen instance : instances) {
            if (instance.phase() instanceof Phase.Found) {
                actions.add(new Action.Check(instance.id(), spec));
            } else if (instance.phase() instanceof Phase.Standby) {
                actions.add(new Action.Wake(instance.id(), spec));
            }
        }
    }

    private void launchMissing(Wanted release, InstanceSpec type, List<Seen> kept) {
        for (int i = kept.size(); i < instances(type); i++) {
            actions.add(Action.launch(release, type));
        }
    }

    /// Who gets the requests: the release's healthy instances of web. While it has none, whoever served and still can
    /// goes on, and else whoever can at all: a route is never emptied for the sake of a health check.
    private Set<String> serving(Optional<Wanted> release) {
        List<Seen> mine = release.flatMap(Wanted::web).map(this::matching).orElse(List.of()).stream()
                .filter(i -> wanted.contains(i.id()) && i.phase().canServe() && !storage.leaves(i))
                .toList();
        Set<String> healthy = ids(mine, i -> i.phase() instanceof Phase.Healthy);
        if (!healthy.isEmpty() || stopped() || doze.asleep()) {
            return healthy;
        }
        Set<String> present = ids(
                observed.instances(),
                i -> i.phase().canServe() && observed.serving().contains(i.id()) && !storage.leaves(i));
        return present.isEmpty() ? ids(mine, i -> true) : present;
    }

    private static Set<String> ids(List<Seen> instances, Predicate<Seen> which) {
        return instances.stream().filter(which).map(Seen::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Its owner wants no requests answered.
    private boolean stopped() {
        return desired.scale().web() == 0;
    }

    private int instances(InstanceSpec type) {
        return doze.asleep() && type.web() && desired.candidate().isEmpty() ? 0 : desired.instances(type);
    }

    private AppRoute.Status status(boolean ready, Set<String> serving) {
        if (stopped() && (ready || desired.live().isPresent())) {
            return AppRoute.Status.STOPPED;
        }
        if (ready || desired.live().isPresent()) {
            if (serving.isEmpty() && storage.changing()) {
                return AppRoute.Status.CHANGING;
            }
            return serving.isEmpty() && doze.goesOn() ? AppRoute.Status.ASLEEP : AppRoute.Status.LIVE;
        }
        return desired.candidate().isPresent() ? AppRoute.Status.STARTING : AppRoute.Status.EMPTY;
    }

    private void headStart(Desired.HeadStart headStart) {
        List<Seen> mine = matching(headStart.spec());
        mine.forEach(i -> wanted.add(i.id()));
        if (mine.isEmpty() && !stopped()) {
            actions.add(Action.launch(headStart));
        }
        attend(headStart.spec(), mine);
    }

    /// Whoever nothing wants and nobody is sent to goes, or stands by.
    private void removeUnwanted(Set<String> serving, Standby standby) {
        Optional<InstanceSpec> kept = standby.kept(now);
        int places = kept.map(this::instances).orElse(0);
        for (Seen instance : observed.instances()) {
            if (wanted.contains(instance.id()) && !storage.leaves(instance) || serving.contains(instance.id())) {
                continue;
            }
            if (places > 0 && kept.filter(spec -> canStandBy(instance, spec)).isPresent()) {
                places--;
                shelve(instance);
                actions.add(new Action.LookAgain(standby.until()));
            } else {
                remove(instance);
            }
        }
    }

    private static boolean canStandBy(Seen instance, InstanceSpec spec) {
        return instance.fingerprint().equals(spec.fingerprint())
                && (instance.phase() instanceof Phase.Healthy
                        || instance.phase() instanceof Phase.Found
                        || instance.phase() instanceof Phase.Standby);
    }

    private void shelve(Seen instance) {
        if (!(instance.phase() instanceof Phase.Standby)) {
            actions.add(new Action.Shelve(instance.id()));
        }
    }

    private void remove(Seen instance) {
        switch (instance.phase()) {
            case Phase.Healthy(), Phase.Found(), Phase.Starting(), Phase.Standby() ->
                actions.add(new Action.Retire(instance.id()));
            case Phase.Ailing(boolean givenUp, String message) -> actions.add(new Action.Retire(instance.id()));
            case Phase.Creating(), Phase.Lost() -> actions.add(new Action.Discard(instance.id()));
            case Phase.Waiting(boolean ready) -> actions.add(new Action.Discard(instance.id()));
            case Phase.Failed(var reason, var message) -> actions.add(new Action.Discard(instance.id()));
            case Phase.Retiring() -> {}
        }
    }

    private void end() {
        if (!desired.open().isEmpty()) {
            actions.add(new Action.EndReleases());
        }
        if (observed.shown() != null) {
            actions.add(new Action.Unroute());
        }
        observed.instances().forEach(this::remove);
        runs.removeUnwanted();
    }

    private List<Seen> matching(InstanceSpec spec) {
        String fingerprint = spec.fingerprint();
        return observed.instances().stream()
                .filter(i -> i.fingerprint().equals(fingerprint))
                .toList();
    }
}
