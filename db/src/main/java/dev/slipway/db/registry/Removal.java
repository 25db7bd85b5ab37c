package dev.slipway.db.registry;

/// What became of a request to delete.
public enum Removal {
    REMOVED,
    UNKNOWN,
    /// Something that is kept refers to it, so it stays.
    IN_USE
}
