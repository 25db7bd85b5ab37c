package dev.slipway.ui.releases;

import com.vaadin.flow.component.Component;
import dev.slipway.db.releases.Release;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.builds.BuildView;
import dev.slipway.ui.parts.Words;

/// What is said about a release in more than one place.
final class ReleaseWords {
    private ReleaseWords() {}

    /// Where a release comes from; a build is linked.
    static Component cause(String app, ReleaseView view) {
        Release release = view.release();
        return switch (release.cause()) {
            case BUILD -> BuildView.link(app, view.build());
            case ROLLBACK ->
                Words.quiet("Back to release " + (view.rollbackOf() == null ? "before" : view.rollbackOf()) + ", by "
                        + release.createdBy());
            case ROLLBACK_IMAGE ->
                Words.quiet("Image of release " + (view.rollbackOf() == null ? "before" : view.rollbackOf()) + ", by "
                        + release.createdBy());
            case IMAGE -> Words.quiet("Released by " + release.createdBy());
            case CONFIG -> Words.quiet("Settings changed by " + release.createdBy());
        };
    }

    static String config(Release release) {
        return release.configVersion() == 0 ? "none" : "version " + release.configVersion();
    }
}
