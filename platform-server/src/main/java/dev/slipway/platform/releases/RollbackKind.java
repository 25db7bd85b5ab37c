package dev.slipway.platform.releases;

/// What of an older release comes back. Instances, domains and volumes never do: they stay as they are.
public enum RollbackKind {
    /// its image, config and process spec
    IMAGE_AND_CONFIG,
    /// its image, with the config and process spec that are live now
    IMAGE
}
