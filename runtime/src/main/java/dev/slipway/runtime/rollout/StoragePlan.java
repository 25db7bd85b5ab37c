package dev.slipway.runtime.rollout;

import dev.slipway.runtime.rollout.Desired.Wanted;
import dev.slipway.runtime.rollout.Observed.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The part of a [Plan] that is about volumes. Here the old goes before the new: an instance that writes a volume is
/// made ready as far as that can be done without it; then whoever has it has to leave; and when nobody has it any
/// more, it is let in.
final class StoragePlan {
    /// So long a coming release's instance may take to be ready before the live one is started meanwhile: usually its
    /// image is here, and the app changes only once.
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Desired desired;
    private final Observed observed;
    private final Instant now;
    private final List<Action> actions;
    /// Instances that have to leave, so that another one can start.
    private final Set<String> leaving = new HashSet<>();
    /// The coming release takes its volumes now.
    private boolean candidateMoves;

    /// @param actions where its steps are added
    StoragePlan(Desired desired, Observed observed, Instant now, List<Action> actions) {
        this.desired = desired;
        this.observed = observed;
        this.now = now;
        this.actions = actions;
    }

    boolean leaves(Seen instance) {
        return leaving.contains(instance.id());
    }

    /// Lets in what of a release waits for its volumes, or makes room for it; all of it at once, so that the app isn't
    /// stopped longer than necessary.
    ///
    /// @param kept instances of its types that write
    void change(Wanted release, List<Seen> kept) {
        if (kept.stream().anyMatch(i -> i.phase() instanceof Phase.Waiting(boolean ready) && !ready)) {
            return;
        }
        candidateMoves |= desired.candidate().filter(release::equals).isPresent();
        for (Seen instance : kept) {
            if (instance.phase() instanceof Phase.Waiting) {
                release.types().stream()
                        .filter(type -> type.fingerprint().equals(instance.fingerprint()))
                        .findFirst()
                        .ifPresent(type -> letIn(release, type, instance));
            }
        }
    }

    /// Nobody has to leave for what can't start yet: as long as another app has the volume, or web, which doesn't write
    /// any more, has nobody to take its requests over.
    private void letIn(Wanted release, InstanceSpec type, Seen instance) {
        if (!Collections.disjoint(observed.taken(), type.writes())) {
            return;
        }
        List<Seen> others = observed.instances().stream()
                .filter(other -> !other.id().equals(instance.id()) && mayBeWriting(other, type.writes()))
                .toList();
        if (others.stream().anyMatch(other -> observed.serving().contains(other.id())) && webIsntReady(release)) {
            return;
        }
        others.forEach(other -> leaving.add(other.id()));
        if (others.isEmpty()) {
            actions.add(new Action.Admit(instance.id(), Action.launch(release, type)));
        }
    }

    /// Web doesn't write, and has no healthy instance.
    private boolean webIsntReady(Wanted release) {
        return release.web()
                .filter(web -> !writes(web))
                .filter(web -> onTheirWay(web).noneMatch(i -> i.phase() instanceof Phase.Healthy))
                .isPresent();
    }

    private static boolean mayBeWriting(Seen instance, Set<String> volumes) {
        return !(instance.phase() instanceof Phase.Waiting) && !Collections.disjoint(instance.writes(), volumes);
    }

    /// Whether the live release's instances of this type leave their volumes to those of the coming one.
    boolean yields(InstanceSpec type) {
        List<Seen> coming = desired.candidate().stream()
                .flatMap(candidate -> candidate.types().stream())
                .filter(other -> !other.fingerprint().equals(type.fingerprint()))
                .filter(other -> !Collections.disjoint(other.writes(), type.writes()))
                .flatMap(this::onTheirWay)
                .toList();
        boolean yields = false;
        for (Seen instance : coming) {
            Instant soon = instance.createdAt().plus(SOON);
            if (!(instance.phase() instanceof Phase.Waiting) || candidateMoves) {
                yields = true;
            } else if (now.isBefore(soon)) {
                yields = true;
                actions.add(new Action.LookAgain(soon));
            }
        }
        return yields;
    }

    private Stream<Seen> onTheirWay(InstanceSpec type) {
        String fingerprint = type.fingerprint();
        return observed.instances().stream()
                .filter(i -> i.fingerprint().equals(fingerprint) && i.phase().usable());
    }

    /// Whether somebody who writes is about to take over web's requests: they may wait for it.
    boolean changing() {
        boolean launched = actions.stream()
                .anyMatch(
                        a -> a instanceof Action.Launch launch && launch.spec().web() && writes(launch.spec()));
        return launched
                || desired.open().stream()
                        .flatMap(release -> release.web().stream())
                        .filter(StoragePlan::writes)
                        .anyMatch(web -> onTheirWay(web).findAny().isPresent());
    }

    private static boolean writes(InstanceSpec spec) {
        return !spec.writes().isEmpty();
    }
}
