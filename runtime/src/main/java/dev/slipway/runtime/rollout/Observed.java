package dev.slipway.runtime.rollout;

import dev.slipway.runtime.router.AppRoute;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What there is of one app.
///
/// @param serving ids of the instances that its route leads to
/// @param shown its route's status; null when it has no route
/// @param notBefore by fingerprint: instances of the live release that died aren't started again before then
/// @param runs by id, what there is of commands that run once
/// @param taken volumes that instances of other apps may be writing
/// @param lastAsked when somebody last asked for it, or it began to serve
record Observed(
        List<Seen> instances,
        Set<String> serving,
        AppRoute.@Nullable Status shown,
        Map<String, Instant> notBefore,
        Map<Long, RunPhase> runs,
        Set<String> taken,
        Instant lastAsked) {

    /// One instance.
    ///
    /// @param writes names of volumes
    record Seen(String id, String fingerprint, Phase phase, Instant createdAt, Set<String> writes) {}

    Observed {
        instances = List.copyOf(instances);
        serving = Set.copyOf(serving);
        notBefore = Map.copyOf(notBefore);
        runs = Map.copyOf(runs);
        taken = Set.copyOf(taken);
    }
}
