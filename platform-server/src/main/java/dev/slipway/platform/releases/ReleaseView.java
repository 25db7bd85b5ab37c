package dev.slipway.platform.releases;

import dev.slipway.db.builds.Build;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.Release;
import dev.slipway.db.runs.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A release with the image and the build (hence the commit) it came from.
///
/// @param rollbackOf the number of the release whose content it repeats
/// @param notReady what of its image or config is missing or damaged; null when all is there
/// @param kinds in which ways one can go back to it
/// @param command what became of its release command; null when none runs or ran for it
/// @param refusal why one can't at all; null when one can
public record ReleaseView(
        Release release,
        ImageVersion image,
        Build build,
        @Nullable Integer rollbackOf,
        @Nullable String notReady,
        List<RollbackKind> kinds,
        @Nullable String refusal,
        @Nullable Run command) {
    public ReleaseView {
        kinds = List.copyOf(kinds);
    }

    public boolean canRollBack() {
        return refusal == null;
    }
}
