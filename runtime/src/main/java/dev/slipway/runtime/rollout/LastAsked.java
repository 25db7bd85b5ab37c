package dev.slipway.runtime.rollout;

import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// When somebody last asked for an app, or it began to serve; what was before this process is taken for just now,
/// unless the app slept. Thread-safe.
final class LastAsked {
    private volatile Instant at;
    private volatile boolean served;

    /// @param route as it was before this process
    LastAsked(Optional<AppRoute> route) {
        this.at = route.filter(r -> r.status() == AppRoute.Status.ASLEEP).isPresent() ? Instant.EPOCH : Instant.now();
    }

    void now() {
        at = Instant.now();
    }

    /// Takes a look at the app's route.
    Instant of(Optional<AppRoute> route) {
        Instant now = Instant.now();
        Optional<Duration> idle = route.stream()
                .flatMap(r -> r.targets().stream())
                .map(Target::idle)
                .min(Comparator.naturalOrder());
        boolean serves = idle.isPresent();
        Instant asked = serves && !served ? now : idle.map(now::minus).orElse(at);
        served = serves;
        if (asked.isAfter(at)) {
            at = asked;
        }
        return at;
    }
}
