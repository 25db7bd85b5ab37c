package dev.slipway.db.apps;

/// Where an app's commits come from.
public sealed interface Source {
    /// The branch whose commits are built.
    String branch();

    /// Pushed to the platform's own Git server.
    record Hosted(String branch) implements Source {}

    /// Fetched from elsewhere every `pollSeconds`, or at once when a webhook rings.
    record Watched(String url, String branch, int pollSeconds) implements Source {}
}
