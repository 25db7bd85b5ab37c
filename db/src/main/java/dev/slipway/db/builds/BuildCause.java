package dev.slipway.db.builds;

/// What asked for a build. `RECOVERY`: the head of the app's branch, which nobody had built; it moved just before a
/// crash, or the branch was chosen later.
public enum BuildCause {
    PUSH,
    POLL,
    WEBHOOK,
    MANUAL,
    RECOVERY
}
