package dev.slipway.db.releases;

/// What made a release.
public enum ReleaseCause {
    BUILD,
    /// an older release's content: image, config and process spec
    ROLLBACK,
    /// an older release's image, with the config and process spec of the one that was live
    ROLLBACK_IMAGE,
    CONFIG,
    /// an image version chosen by hand
    IMAGE
}
