package dev.slipway.runtime.rollout;

import dev.slipway.runtime.router.AppRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether an app's web has no instance because nobody asks for it. No app falls asleep while a release is on the
/// way; one that sleeps isn't woken by it before it is ready.
///
/// @param asleep the live release has none now
/// @param goesOn requests wait for it when it has none: it is asleep, or was and hasn't begun to serve again
/// @param next when it falls asleep, if nobody asks for it until then
record Doze(boolean asleep, boolean goesOn, Optional<Instant> next) {

    static Doze of(Desired desired, Observed observed, Instant now) {
        boolean was = observed.shown() == AppRoute.Status.ASLEEP;
        Duration idle = Duration.ofMinutes(desired.scale().idleMinutes());
        if (idle.isZero() || desired.scale().web() == 0 || desired.live().isEmpty()) {
            return new Doze(false, was, Optional.empty());
        }
        Instant falling = observed.lastAsked().plus(idle);
        boolean busy = desired.candidate().isPresent();
        if (now.isBefore(falling)) {
            return new Doze(false, was, busy ? Optional.empty() : Optional.of(falling));
        }
        return busy ? new Doze(was, was, Optional.empty()) : new Doze(true, true, Optional.empty());
    }
}
