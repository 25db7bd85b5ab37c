package dev.slipway.runtime.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What of the release that was live before the present one is kept frozen, and until when, so that going back to
/// it is a switch of the route. Pure.
///
/// Only web's instances: a worker is in the middle of something, and holds it. Nor what writes a volume, which it
/// would hold too.
///
/// @param time how long after its end a release is kept; zero: never
/// @param web of the release that ended last; null when there is none, or its time is long over
/// @param since when it ended
record Standby(Duration time, @Nullable InstanceSpec web, Instant since) {
    static final Standby NEVER = new Standby(Duration.ZERO, null, Instant.EPOCH);

    Standby with(UnaryOperator<InstanceSpec> equip) {
        return new Standby(time, web == null ? null : equip.apply(web), since);
    }

    /// What is kept now.
    Optional<InstanceSpec> kept(Instant now) {
        return Optional.ofNullable(web).filter(w -> w.writes().isEmpty() && now.isBefore(until()));
    }

    Instant until() {
        return since.plus(time);
    }

    /// Once `live` has been replaced.
    Standby after(Optional<Desired.Wanted> live, Instant now) {
        return new Standby(time, live.flatMap(Desired.Wanted::web).orElse(null), now);
    }
}
