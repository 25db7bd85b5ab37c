package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ReleaseReason;

/// How far an instance has come.
sealed interface Phase {
    /// There is no container of it yet: it writes a volume, and whoever has it goes first.
    ///
    /// @param ready its image is here, and it could start at once
    record Waiting(boolean ready) implements Phase {}

    /// The engine is being asked for it.
    record Creating() implements Phase {}

    /// Its container runs, found after a restart of the runtime tier; nobody has looked yet whether it is
    /// healthy.
    record Found() implements Phase {}

    /// Its container runs; it is being probed.
    record Starting() implements Phase {}

    record Healthy() implements Phase {}

    /// It was healthy, runs on, and fails its checks: it gets no requests as long as others do.
    ///
    /// @param givenUp another one is to take its place
    record Ailing(boolean givenUp, String message) implements Phase {}

    /// It ended or never got healthy.
    record Failed(ReleaseReason reason, String message) implements Phase {}

    /// Its container ended while nobody watched (restart of the machine or of the engine), or was taken away:
    /// not its own fault.
    record Lost() implements Phase {}

    /// Of the release that was live before: it gets no requests, and is frozen as soon as it has answered its last.
    record Standby() implements Phase {}

    /// It gets no new requests; those in flight are waited for, then it is stopped and removed.
    record Retiring() implements Phase {}

    /// Is it running or about to?
    default boolean usable() {
        return switch (this) {
            case Creating(), Found(), Starting(), Healthy(), Standby() -> true;
            case Waiting(boolean ready) -> true;
            case Ailing(boolean givenUp, String message) -> true;
            case Failed(var reason, var message) -> false;
            case Lost(), Retiring() -> false;
        };
    }

    /// It answered once, and requests can be sent to it.
    default boolean canServe() {
        return this instanceof Healthy || this instanceof Ailing;
    }

    /// Is it to be replaced though it runs?
    default boolean givenUp() {
        return this instanceof Ailing(boolean given, String message) && given;
    }
}
