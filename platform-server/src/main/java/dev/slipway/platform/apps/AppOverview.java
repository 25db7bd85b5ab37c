package dev.slipway.platform.apps;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.apps.AppSummary.Health;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Apps at a glance, for lists.
@Service
public class AppOverview {
    private final AppStore apps;
    private final BuildStore builds;
    private final ReleaseStore releases;
    private final ImageStore images;
    private final InstanceStore instances;
    private final Addresses addresses;

    AppOverview(
            AppStore apps,
            BuildStore builds,
            ReleaseStore releases,
            ImageStore images,
            InstanceStore instances,
            Addresses addresses) {
        this.apps = apps;
        this.builds = builds;
        this.releases = releases;
        this.images = images;
        this.instances = instances;
        this.addresses = addresses;
    }

    public List<AppSummary> all() {
        return apps.all().stream().map(this::summary).toList();
    }

    public AppSummary summary(App app) {
        Build lastBuild = builds.ofApp(app.id(), Integer.MAX_VALUE, 1).stream()
                .findFirst()
                .orElse(null);
        Release lastRelease = releases.ofApp(app.id(), Integer.MAX_VALUE, 1).stream()
                .findFirst()
                .orElse(null);
        Release live = releases.inState(app.id(), ReleaseState.LIVE).stream()
                .findFirst()
                .orElse(null);
        ImageVersion liveImage =
                live == null ? null : images.find(live.imageId()).orElse(null);
        Build liveBuild =
                liveImage == null ? null : builds.find(liveImage.buildId()).orElse(null);
        boolean serving = live == null
                || app.instances() == 0
                || instances.ofRelease(live.id()).stream().anyMatch(i -> i.state() == Instance.State.SERVING);
        return new AppSummary(
                app,
                addresses.app(app.name()),
                health(live, serving, lastBuild, lastRelease),
                live,
                liveImage,
                liveBuild,
                lastBuild,
                lastRelease,
                lastChange(app, lastBuild, lastRelease));
    }

    static Health health(
            @Nullable Release live, boolean serving, @Nullable Build lastBuild, @Nullable Release lastRelease) {
        if (lastBuild != null && !lastBuild.state().isFinal()) {
            return Health.BUILDING;
        }
        if (lastRelease != null
                && (lastRelease.state() == ReleaseState.PENDING || lastRelease.state() == ReleaseState.STARTING)) {
            return Health.RELEASING;
        }
        boolean failed =
                lastBuild != null && (lastBuild.state() == BuildState.FAILED || lastBuild.state() == BuildState.ERRORED)
                        || lastRelease != null && lastRelease.state() == ReleaseState.FAILED;
        if (live == null) {
            return failed ? Health.FAILED : Health.NEW;
        }
        if (!serving) {
            return Health.DOWN;
        }
        return failed ? Health.LIVE_LAST_FAILED : Health.LIVE;
    }

    private static java.time.Instant lastChange(App app, @Nullable Build build, @Nullable Release release) {
        return Stream.of(
                        app.createdAt(),
                        build == null
                                ? app.createdAt()
                                : build.finishedAt() == null ? build.queuedAt() : build.finishedAt(),
                        release == null
                                ? app.createdAt()
                                : release.liveAt() == null ? release.createdAt() : release.liveAt())
                .max(java.util.Comparator.naturalOrder())
                .orElseThrow();
    }
}
