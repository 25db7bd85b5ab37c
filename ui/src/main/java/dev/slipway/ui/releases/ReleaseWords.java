package dev.slipway.ui.releases;

import dev.slipway.db.releases.Release;
import dev.slipway.platform.releases.ReleaseView;

/// What is said about a release in more than one place.
final class ReleaseWords {
    private ReleaseWords() {}

    static String cause(ReleaseView view) {
        Release release = view.release();
        return switch (release.cause()) {
            case BUILD -> "Build " + view.build().number();
            case ROLLBACK ->
                "Rollback to release " + (view.rollbackOf() == null ? "before" : view.rollbackOf()) + " by "
                        + release.createdBy();
            case CONFIG -> "Settings changed by " + release.createdBy();
        };
    }

    static String config(Release release) {
        return release.configVersion() == 0 ? "none" : "version " + release.configVersion();
    }
}
