package dev.slipway.platform.apps;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.apps.AppSummary.Health;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        return summaries(apps.all());
    }

    public AppSummary summary(App app) {
        return summaries(List.of(app)).getFirst();
    }

    /// As many statements for many apps as for one.
    private List<AppSummary> summaries(List<App> wanted) {
        List<Long> ids = wanted.stream().map(App::id).toList();
        Map<Long, Build> lastBuilds = builds.newest(ids).stream().collect(Collectors.toMap(Build::appId, b -> b));
        Map<Long, Release> lastReleases = new HashMap<>();
        Map<Long, Release> live = new HashMap<>();
        for (Release release : releases.newestAndLive(ids)) {
            lastReleases.put(release.appId(), release); // by number, so the newest stays
            if (release.state() == ReleaseState.LIVE) {
                live.put(release.appId(), release);
            }
        }
        Map<Long, ImageVersion> liveImages = images
                .find(live.values().stream().map(Release::imageId).toList())
                .stream()
                .collect(Collectors.toMap(ImageVersion::appId, image -> image));
        Map<Long, Build> liveBuilds =
                builds
                        .find(liveImages.values().stream()
                                .map(ImageVersion::buildId)
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Build::appId, b -> b));
        Map<Long, Boolean> serving = instances.servingReleases(
                live.values().stream().map(Release::id).toList());
        Set<Long> asleep = asleep(wanted, live, serving.keySet());
        Map<Long, ImageVersion> held = held(wanted);
        return wanted.stream()
                .map(app -> summary(
                        app,
                        live.get(app.id()),
                        liveImages.get(app.id()),
                        liveBuilds.get(app.id()),
                        new Last(lastBuilds.get(app.id()), lastReleases.get(app.id()), held.get(app.id())),
                        serving,
                        asleep.contains(app.id())))
                .toList();
    }

    /// Apps that may sleep, with no instance that serves, and none that failed.
    private Set<Long> asleep(List<App> wanted, Map<Long, Release> live, Set<Long> serving) {
        Map<Long, Long> releases = wanted.stream()
                .filter(app -> app.scale().idleMinutes() > 0 && app.instances() > 0 && live.containsKey(app.id()))
                .map(app -> live.get(app.id()))
                .filter(release -> !serving.contains(release.id()))
                .collect(Collectors.toMap(Release::id, Release::appId));
        releases.keySet().removeAll(instances.failedLast(releases.keySet()));
        return Set.copyOf(releases.values());
    }

    private record Last(
            @Nullable Build build,
            @Nullable Release release,
            @Nullable ImageVersion held) {}

    private Map<Long, ImageVersion> held(List<App> wanted) {
        List<Long> paused =
                wanted.stream().filter(app -> app.pause() != null).map(App::id).toList();
        return paused.isEmpty()
                ? Map.of()
                : images.held(paused).stream().collect(Collectors.toMap(ImageVersion::appId, image -> image));
    }

    private AppSummary summary(
            App app,
            @Nullable Release live,
            @Nullable ImageVersion liveImage,
            @Nullable Build liveBuild,
            Last last,
            Map<Long, Boolean> serving,
            boolean asleep) {
        Boolean well = live == null || app.instances() == 0 ? Boolean.TRUE : serving.get(live.id());
        return new AppSummary(
                app,
                addresses.app(app.name()),
                asleep(health(live, well, last.build(), last.release()), asleep),
                live,
                liveImage,
                liveBuild,
                last.build(),
                last.release(),
                last.held(),
                lastChange(app, last.build(), last.release()));
    }

    private static Health asleep(Health health, boolean asleep) {
        return health == Health.DOWN && asleep ? Health.ASLEEP : health;
    }

    /// @param well whether what should answer passes its health check; null: nothing answers
    static Health health(
            @Nullable Release live, @Nullable Boolean well, @Nullable Build lastBuild, @Nullable Release lastRelease) {
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
        if (well == null) {
            return Health.DOWN;
        }
        if (!well) {
            return Health.UNHEALTHY;
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
