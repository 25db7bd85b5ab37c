package dev.slipway.platform.releases;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.NewRelease;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The history of an app, and the way back.
@Service
public class ReleaseService {
    private final Database database;
    private final AppService apps;
    private final ReleaseStore releases;
    private final ImageStore images;
    private final BuildStore builds;
    private final InstanceStore instances;
    private final Deploys deploys;

    ReleaseService(
            Database database,
            AppService apps,
            ReleaseStore releases,
            ImageStore images,
            BuildStore builds,
            InstanceStore instances,
            Deploys deploys) {
        this.database = database;
        this.apps = apps;
        this.releases = releases;
        this.images = images;
        this.builds = builds;
        this.instances = instances;
        this.deploys = deploys;
    }

    /// An app's releases with `number < before`, newest first.
    public List<ReleaseView> list(String name, int before, int limit) {
        App app = apps.find(name);
        return releases.ofApp(app.id(), before, limit).stream().map(this::view).toList();
    }

    /// @throws Problem NOT_FOUND
    public ReleaseView find(String name, int number) {
        return releases.find(apps.find(name).id(), number)
                .map(this::view)
                .orElseThrow(() -> Problem.notFound("App \"" + name + "\" has no release " + number + "."));
    }

    /// What has the traffic now.
    public Optional<ReleaseView> live(String name) {
        return releases.inState(apps.find(name).id(), ReleaseState.LIVE).stream()
                .findFirst()
                .map(this::view);
    }

    /// Running instances first, then the newest that ended.
    public List<Instance> instances(String name, int limit) {
        return instances.ofApp(apps.find(name).id(), limit);
    }

    /// @throws Problem CONFLICT when there is no way back to it
    public RollbackPreview preview(String name, int number) {
        ReleaseView to = find(name, number);
        ReleaseView from = live(name).orElse(to);
        refuseUnlessPossible(to);
        return new RollbackPreview(
                from,
                to,
                changes(from, to),
                List.of("number of instances", "domains", "repository and branch", "build settings"));
    }

    /// Makes a new release with the content of release `number`, and pauses automatic deploys: a build that ends
    /// afterwards isn't released.
    ///
    /// @throws Problem CONFLICT when it is live already, never ran, or another release is on its way
    public Release rollBack(String name, int number, RollbackKind kind, String by) {
        long id = apps.find(name).id();
        return database.inTransaction(() -> {
            App app = deploys.lock(name, id);
            ReleaseView target = find(name, number);
            refuseUnlessPossible(target);
            ReleaseView live = live(name)
                    .orElseThrow(() -> Problem.conflict(
                            "Nothing of \"" + name + "\" is live, so there is nothing to go back from."));
            if (!releases.inState(id, ReleaseState.STARTING).isEmpty()) {
                throw Problem.conflict("Another release of \"" + name
                        + "\" is just starting. Try again when it is live or has failed.");
            }
            Release made = releases.create(
                    switch (kind) {
                        case IMAGE_AND_CONFIG -> NewRelease.rollback(target.release(), by);
                        case IMAGE -> NewRelease.rollbackOfImage(target.release(), live.release(), by);
                    });
            deploys.pause(app, number, by);
            return made;
        });
    }

    private static void refuseUnlessPossible(ReleaseView target) {
        if (target.refusal() != null) {
            throw Problem.conflict(
                    "Can't roll back to release " + target.release().number() + ": " + target.refusal() + ".");
        }
    }

    private ReleaseView view(Release release) {
        ImageVersion image = images.find(release.imageId()).orElseThrow();
        Build build = builds.find(image.buildId()).orElseThrow();
        Integer rollbackOf = release.rollbackOf() == null
                ? null
                : releases.find(release.rollbackOf()).map(Release::number).orElse(null);
        return new ReleaseView(release, image, build, rollbackOf, refusal(release.state()));
    }

    private static @Nullable String refusal(ReleaseState state) {
        return switch (state) {
            case RETIRED -> null;
            case LIVE -> "it is live already";
            case PENDING, STARTING -> "it is on its way";
            case FAILED -> "it never got healthy";
            case CANCELLED -> "it was cancelled before it started";
        };
    }

    static List<RollbackPreview.Change> changes(ReleaseView from, ReleaseView to) {
        List<RollbackPreview.Change> changes = new ArrayList<>();
        add(
                changes,
                "Commit",
                from.build().commit().id().abbreviated() + " "
                        + from.build().commit().subject(),
                to.build().commit().id().abbreviated() + " "
                        + to.build().commit().subject());
        add(changes, "Image", image(from), image(to));
        add(
                changes,
                "Config",
                "version " + from.release().configVersion(),
                "version " + to.release().configVersion());
        ProcessSpec old = from.release().process();
        ProcessSpec now = to.release().process();
        add(changes, "Port", port(old), port(now));
        add(changes, "Health check", health(old), health(now));
        add(changes, "Memory", old.memoryMb() + " MiB", now.memoryMb() + " MiB");
        add(changes, "CPU", old.cpuMillis() / 1000.0 + " CPUs", now.cpuMillis() / 1000.0 + " CPUs");
        add(changes, "Process limit", String.valueOf(old.pids()), String.valueOf(now.pids()));
        add(changes, "Start time", old.startSeconds() + " s", now.startSeconds() + " s");
        add(changes, "Drain time", old.drainSeconds() + " s", now.drainSeconds() + " s");
        return List.copyOf(changes);
    }

    private static void add(List<RollbackPreview.Change> changes, String what, String from, String to) {
        if (!Objects.equals(from, to)) {
            changes.add(new RollbackPreview.Change(what, from, to));
        }
    }

    private static String image(ReleaseView view) {
        return "v" + view.image().version() + " (" + view.image().digest().abbreviated() + ")";
    }

    private static String port(ProcessSpec process) {
        return process.port() == null ? "the image's" : String.valueOf(process.port());
    }

    private static String health(ProcessSpec process) {
        return process.healthPath() == null ? "TCP" : "HTTP " + process.healthPath();
    }
}
