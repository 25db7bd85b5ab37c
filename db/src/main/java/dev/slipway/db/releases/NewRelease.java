package dev.slipway.db.releases;

import org.jspecify.annotations.Nullable;

/// A release to be made.
///
/// @param rollbackOf the release that was gone back to
/// @param configOf the release whose config it takes; null: the app's present config
/// @param processOf the release whose process spec it takes; null: that of the image's `slipway.yml` and the app's
///     settings
/// @param runsCommand whether its release command runs, if it has one
public record NewRelease(
        long appId,
        long imageId,
        ReleaseCause cause,
        @Nullable Long rollbackOf,
        @Nullable Long configOf,
        @Nullable Long processOf,
        boolean runsCommand,
        String createdBy) {

    /// What a build made, with the app's present config and settings.
    public static NewRelease ofBuild(long appId, long imageId, String by) {
        return new NewRelease(appId, imageId, ReleaseCause.BUILD, null, null, null, true, by);
    }

    /// An image version chosen by hand, with the app's present config and settings.
    public static NewRelease ofImage(long appId, long imageId, String by) {
        return new NewRelease(appId, imageId, ReleaseCause.IMAGE, null, null, null, true, by);
    }

    /// `present` with the app's present config.
    public static NewRelease ofConfig(Release present, String by) {
        return new NewRelease(
                present.appId(), present.imageId(), ReleaseCause.CONFIG, null, null, present.id(), true, by);
    }

    /// The whole content of `target`.
    public static NewRelease rollback(Release target, String by) {
        return new NewRelease(
                target.appId(),
                target.imageId(),
                ReleaseCause.ROLLBACK,
                target.id(),
                target.id(),
                target.id(),
                false,
                by);
    }

    /// The image of `target`; the config and process spec of `live`.
    public static NewRelease rollbackOfImage(Release target, Release live, String by) {
        return new NewRelease(
                target.appId(),
                target.imageId(),
                ReleaseCause.ROLLBACK_IMAGE,
                target.id(),
                live.id(),
                live.id(),
                false,
                by);
    }

    /// The same, without its release command.
    public NewRelease withoutCommand() {
        return new NewRelease(appId, imageId, cause, rollbackOf, configOf, processOf, false, createdBy);
    }

    /// The same, with its release command: a rollback runs none unless asked to.
    public NewRelease withCommand() {
        return new NewRelease(appId, imageId, cause, rollbackOf, configOf, processOf, true, createdBy);
    }
}
