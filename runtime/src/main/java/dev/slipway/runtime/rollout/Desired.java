package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import java.util.List;
import java.util.Optional;

/// What the tables say about one app.
///
/// @param open its PENDING, STARTING and LIVE releases by number
/// @param headStart a running build whose image is in the engine already
record Desired(
        long appId, String app, boolean deleted, int instances, List<Wanted> open, Optional<HeadStart> headStart) {

    /// A release and what its instances are.
    record Wanted(Release release, InstanceSpec spec) {
        boolean in(ReleaseState state) {
            return release.state() == state;
        }
    }

    /// A build and what an instance of its coming release is.
    record HeadStart(long buildId, InstanceSpec spec) {}

    Desired {
        open = List.copyOf(open);
    }

    /// An app of which there is nothing but instances.
    static Desired deleted(long appId) {
        return new Desired(appId, "", true, 0, List.of(), Optional.empty());
    }

    /// The release that has the traffic by the tables.
    Optional<Wanted> live() {
        return open.stream().filter(w -> w.in(ReleaseState.LIVE)).findFirst();
    }

    /// The release that should become live: the newest one that isn't.
    Optional<Wanted> candidate() {
        return open.stream().filter(w -> !w.in(ReleaseState.LIVE)).reduce((older, newer) -> newer);
    }
}
