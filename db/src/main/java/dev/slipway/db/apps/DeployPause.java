package dev.slipway.db.apps;

import java.time.Instant;

/// Builds of the app are kept as images but not released, since `by` rolled back to release number `release`.
public record DeployPause(String by, Instant at, int release) {
    /// "automatic deploys are paused since …", to go on with in a sentence.
    public String sentence() {
        return "automatic deploys are paused since the rollback to release " + release + " by " + by;
    }
}
