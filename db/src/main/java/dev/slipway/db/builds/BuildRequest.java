package dev.slipway.db.builds;

/// A wish for a build.
public record BuildRequest(long appId, BuildCause cause, String branch, Commit commit, String requestedBy) {}
