package dev.slipway.platform.api;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.DeployPause;
import dev.slipway.db.apps.Source;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.apps.AppSummary;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An app as it is answered. `repositoryUrl`, `pollSeconds` and the `fetch…` fields are null for a repository
/// hosted here, as is `repositoryCredentials`: whether a user or password for it is stored. `process` and `instances`
/// are web's; `types` and `scale` those of the other process types, by name.
/// `idleMinutes`: after so long without a request web has no instance until the next one, 0 for never.
/// `deploysPaused` is null when builds are released by themselves.
record AppView(
        String name,
        AppSummary.Health health,
        String url,
        String gitUrl,
        String hookUrl,
        @Nullable String repositoryUrl,
        @Nullable Boolean repositoryCredentials,
        String branch,
        @Nullable Integer pollSeconds,
        @Nullable Instant fetchedAt,
        @Nullable String fetchError,
        BuildSettings build,
        ProcessSpec process,
        Map<String, ProcessSpec> types,
        @Nullable ReleaseCommand releaseCommand,
        int instances,
        Map<String, Integer> scale,
        int idleMinutes,
        @Nullable Paused deploysPaused,
        @Nullable Live live,
        @Nullable Progress lastBuild,
        @Nullable Progress lastRelease,
        Instant createdAt,
        Instant lastChange) {
    /// What has the traffic.
    record Live(int release, int version, String digest, Instant since) {}

    /// Automatic deploys are paused since `by` rolled back to `release`. `heldImage`: the version of the newest image,
    /// when it was built since then.
    record Paused(
            String by, Instant at, int release, @Nullable Integer heldImage) {}

    /// A build or release by its number.
    record Progress(int number, String state) {}

    static AppView of(AppSummary summary, Addresses addresses) {
        App app = summary.app();
        Source.Watched watched = app.source() instanceof Source.Watched w ? w : null;
        return new AppView(
                app.name().value(),
                summary.health(),
                summary.url(),
                addresses.git(app.name()),
                addresses.hook(app.name()),
                watched == null ? null : watched.url(),
                watched == null ? null : app.repositoryCredentials(),
                app.source().branch(),
                watched == null ? null : watched.pollSeconds(),
                app.fetchedAt(),
                app.fetchError(),
                app.build(),
                app.processes().web(),
                app.processes().others(),
                app.processes().release(),
                app.instances(),
                app.scale().others(),
                app.scale().idleMinutes(),
                paused(summary),
                live(summary),
                summary.lastBuild() == null
                        ? null
                        : new Progress(
                                summary.lastBuild().number(),
                                summary.lastBuild().state().name()),
                summary.lastRelease() == null
                        ? null
                        : new Progress(
                                summary.lastRelease().number(),
                                summary.lastRelease().state().name()),
                app.createdAt(),
                summary.lastChange());
    }

    private static @Nullable Paused paused(AppSummary summary) {
        DeployPause pause = summary.app().pause();
        ImageVersion held = summary.held();
        return pause == null
                ? null
                : new Paused(pause.by(), pause.at(), pause.release(), held == null ? null : held.version());
    }

    private static @Nullable Live live(AppSummary summary) {
        if (summary.live() == null || summary.liveImage() == null) {
            return null;
        }
        Instant since = summary.live().liveAt();
        return new Live(
                summary.live().number(),
                summary.liveImage().version(),
                summary.liveImage().digest().value(),
                since == null ? summary.live().createdAt() : since);
    }
}
