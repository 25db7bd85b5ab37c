package dev.slipway.platform.apps;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.Release;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An app at a glance: what is live, what is on its way. `held`: the newest image, when it was built while automatic
/// deploys are paused.
public record AppSummary(
        App app,
        String url,
        Health health,
        @Nullable Release live,
        @Nullable ImageVersion liveImage,
        @Nullable Build liveBuild,
        @Nullable Build lastBuild,
        @Nullable Release lastRelease,
        @Nullable ImageVersion held,
        Instant lastChange) {

    /// The one word shown for an app.
    public enum Health {
        /// nothing was ever released
        NEW,
        /// a build waits or runs
        BUILDING,
        /// a release is starting
        RELEASING,
        LIVE,
        /// live, and without an instance until the next request, because there was none for a while
        ASLEEP,
        /// live, but the last build or release failed
        LIVE_LAST_FAILED,
        /// never live, and the last build or release failed
        FAILED,
        /// live, but no instance passes its health check
        UNHEALTHY,
        /// live, but no instance answers
        DOWN
    }
}
