package dev.slipway.db.builds;

/// What asked for a build. `RECOVERY`: a head that moved just before a crash, found at the next start.
public enum BuildCause {
    PUSH,
    POLL,
    WEBHOOK,
    MANUAL,
    RECOVERY
}
