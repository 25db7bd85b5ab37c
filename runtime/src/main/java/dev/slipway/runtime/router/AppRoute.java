package dev.slipway.runtime.router;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Where one app's requests go. `targets` may be empty; `status` then says why.
public record AppRoute(String app, Status status, List<Target> targets) {

    /// Why there may be nothing to send a request to.
    public enum Status {
        /// no release of it ever got live
        EMPTY,
        /// its first release starts
        STARTING,
        /// it has a live release
        LIVE,
        /// nobody of it can answer for a moment, and somebody is on the way: requests wait
        CHANGING,
        /// nobody asked for it for a while: the next request starts it, and waits
        ASLEEP,
        /// scaled to 0 instances by its owner
        STOPPED;

        /// Whether requests wait for a target instead of being told that there is none.
        public boolean holds() {
            return this == CHANGING || this == ASLEEP;
        }
    }

    public AppRoute {
        targets = List.copyOf(targets);
    }

    /// Whether requests wait now.
    boolean holds() {
        return status.holds() && targets.isEmpty();
    }

    /// Picks the target with the fewest requests in flight, any one of several such, and counts the request in.
    /// `not`: one that was just tried in vain.
    Optional<Target> enter(Optional<Target> not) {
        Target least = null;
        int first = targets.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get((first + i) % targets.size());
            if (!target.draining()
                    && (targets.size() == 1 || not.isEmpty() || not.get() != target)
                    && (least == null || target.inFlight() < least.inFlight())) {
                least = target;
            }
        }
        return least != null && least.enter() ? Optional.of(least) : Optional.empty();
    }
}
