package dev.slipway.platform.releases;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.images.Digest;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunStore;
import dev.slipway.platform.config.ConfigVersions;
import dev.slipway.platform.config.ConfigVersions.Environment;
import dev.slipway.platform.registry.ImageContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts together what is shown of releases: as many statements for many as for one.
@Component
final class ReleaseViews {
    private final ReleaseStore releases;
    private final ImageStore images;
    private final BuildStore builds;
    private final ConfigVersions configs;
    private final ImageContents contents;
    private final RunStore runs;

    ReleaseViews(
            ReleaseStore releases,
            ImageStore images,
            BuildStore builds,
            ConfigVersions configs,
            ImageContents contents,
            RunStore runs) {
        this.runs = runs;
        this.releases = releases;
        this.images = images;
        this.builds = builds;
        this.configs = configs;
        this.contents = contents;
    }

    ReleaseView of(App app, Release release) {
        return of(app, List.of(release)).getFirst();
    }

    /// In the order given.
    List<ReleaseView> of(App app, List<Release> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Optional<Release> live =
                releases.inState(app.id(), ReleaseState.LIVE).stream().findFirst();
        List<Release> looked = new ArrayList<>(wanted);
        live.ifPresent(looked::add);
        Facts facts = facts(app, looked);
        WayBack.Content liveContent = live.map(facts::content).orElse(null);
        return wanted.stream().map(release -> view(release, facts, liveContent)).toList();
    }

    private ReleaseView view(Release release, Facts facts, WayBack.@Nullable Content live) {
        ImageVersion image = facts.image(release);
        WayBack.Target target = new WayBack.Target(
                release.state(), facts.content(release), facts.problems().get(image.digest()));
        WayBack way = WayBack.to(target, live);
        return new ReleaseView(
                release,
                image,
                Objects.requireNonNull(facts.builds().get(image.buildId())),
                release.rollbackOf() == null ? null : facts.numbers().get(release.rollbackOf()),
                target.problem(),
                way.kinds(),
                way.refusal(),
                facts.commands().get(release.id()));
    }

    /// What was read about releases.
    private record Facts(
            Map<Long, ImageVersion> images,
            Map<Long, Build> builds,
            Map<Long, Integer> numbers,
            Map<Integer, Environment> configs,
            Map<Digest, String> problems,
            Map<Long, Run> commands) {
        ImageVersion image(Release release) {
            return Objects.requireNonNull(images.get(release.imageId()));
        }

        WayBack.Content content(Release release) {
            return new WayBack.Content(
                    image(release).digest(),
                    Objects.requireNonNull(configs.get(release.configVersion())),
                    release.processes());
        }
    }

    private Facts facts(App app, List<Release> looked) {
        Map<Long, ImageVersion> byId = images
                .find(looked.stream().map(Release::imageId).distinct().toList())
                .stream()
                .collect(Collectors.toMap(ImageVersion::id, image -> image));
        Map<Long, Build> byBuild = builds
                .find(byId.values().stream().map(ImageVersion::buildId).toList())
                .stream()
                .collect(Collectors.toMap(Build::id, build -> build));
        List<Long> originals = looked.stream()
                .map(Release::rollbackOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<Long, Integer> numbers = originals.isEmpty()
                ? Map.of()
                : releases.find(originals).stream().collect(Collectors.toMap(Release::id, Release::number));
        return new Facts(
                byId,
                byBuild,
                numbers,
                configs.read(
                        app.id(),
                        looked.stream().map(Release::configVersion).distinct().toList()),
                contents.problems(
                        app.name(),
                        byId.values().stream().map(ImageVersion::digest).toList()),
                runs.ofReleases(looked.stream().map(Release::id).toList()).stream()
                        .collect(Collectors.toMap(Run::releaseId, run -> run)));
    }
}
