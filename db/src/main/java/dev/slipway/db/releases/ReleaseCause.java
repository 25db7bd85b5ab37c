package dev.slipway.db.releases;

/// What made a release.
public enum ReleaseCause {
    BUILD,
    ROLLBACK,
    CONFIG
}
