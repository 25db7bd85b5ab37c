package dev.slipway.platform.releases;

import dev.slipway.db.builds.Build;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.Release;
import org.jspecify.annotations.Nullable;

/// A release with the image and the build (hence the commit) it came from. `rollbackOf`: the number of the
/// release whose content it repeats. `refusal`: why it can't be rolled back to, or null when it can.
public record ReleaseView(
        Release release,
        ImageVersion image,
        Build build,
        @Nullable Integer rollbackOf,
        @Nullable String refusal) {
    public boolean canRollBack() {
        return refusal == null;
    }
}
