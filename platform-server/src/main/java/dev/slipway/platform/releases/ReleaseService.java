package dev.slipway.platform.releases;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.NewRelease;
import dev.slipway.db.releases.ProcessFile;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.RunStore;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The history of an app, and the way back.
@Service
public class ReleaseService {
    /// More releases than that since the target are looked at for warnings only in part.
    private static final int LOOKED_AT = 1000;

    private final Database database;
    private final AppService apps;
    private final ReleaseStore releases;
    private final InstanceStore instances;
    private final RunStore runs;
    private final Deploys deploys;
    private final ReleaseViews views;
    private final Comparisons comparisons;

    ReleaseService(
            Database database,
            AppService apps,
            ReleaseStore releases,
            InstanceStore instances,
            RunStore runs,
            Deploys deploys,
            ReleaseViews views,
            Comparisons comparisons) {
        this.database = database;
        this.apps = apps;
        this.releases = releases;
        this.instances = instances;
        this.runs = runs;
        this.deploys = deploys;
        this.views = views;
        this.comparisons = comparisons;
    }

    /// An app's releases with `number < before`, newest first.
    public List<ReleaseView> list(String name, int before, int limit) {
        App app = apps.find(name);
        return views.of(app, releases.ofApp(app.id(), before, limit));
    }

    /// The numbers of the newest releases, newest first.
    public List<Integer> numbers(String name, int limit) {
        return releases.ofApp(apps.find(name).id(), Integer.MAX_VALUE, limit).stream()
                .map(Release::number)
                .toList();
    }

    /// @throws Problem NOT_FOUND
    public ReleaseView find(String name, int number) {
        return find(apps.find(name), number);
    }

    private ReleaseView find(App app, int number) {
        return releases.find(app.id(), number)
                .map(release -> views.of(app, release))
                .orElseThrow(() -> Problem.notFound("App \"" + app.name() + "\" has no release " + number + "."));
    }

    /// What the release command of a release that has ended wrote, the end of it.
    ///
    /// @throws Problem NOT_FOUND when none ran
    public String commandOutput(ReleaseView view) {
        return Optional.ofNullable(view.command())
                .flatMap(run -> runs.output(run.id()))
                .orElseThrow(() -> Problem.notFound("There is no output of a release command of release "
                        + view.release().number() + "."));
    }

    /// What has the traffic now.
    public Optional<ReleaseView> live(String name) {
        return live(apps.find(name));
    }

    private Optional<ReleaseView> live(App app) {
        return releases.inState(app.id(), ReleaseState.LIVE).stream()
                .findFirst()
                .map(release -> views.of(app, release));
    }

    /// Running instances first, then the newest that ended.
    public List<Instance> instances(String name, int limit) {
        return instances.ofApp(apps.find(name).id(), limit);
    }

    /// What is otherwise in release `to` than in release `from`.
    ///
    /// @throws Problem NOT_FOUND
    public Comparison compare(String name, int from, int to) {
        App app = apps.find(name);
        return comparisons.between(app, find(app, from), find(app, to));
    }

    /// @throws Problem CONFLICT when there is no way back to it
    public RollbackPreview preview(String name, int number) {
        App app = apps.find(name);
        ReleaseView to = find(app, number);
        refuseUnlessPossible(to);
        ProcessFile file = to.build().processFile();
        List<Release> since = releases.after(app.id(), number, LOOKED_AT);
        return new RollbackPreview(
                comparisons.between(app, live(app).orElse(to), to),
                List.of("number of instances", "domains", "volumes", "repository and branch", "build settings"),
                RollbackWarnings.of(
                        to.release(),
                        file == null ? app.processes() : file.over(app.processes()),
                        since,
                        runs.ofReleases(since.stream().map(Release::id).toList())));
    }

    /// Makes a new release with the content of release `number`, and pauses automatic deploys: a build that ends
    /// afterwards isn't released.
    ///
    /// @throws Problem CONFLICT when it is live already (it or its content), never ran, isn't ready, or another
    ///     release is on its way
    public Release rollBack(String name, int number, RollbackKind kind, String by) {
        return rollBack(name, number, kind, false, by);
    }

    /// @param withCommand also runs the release command of the new release
    /// @throws Problem CONFLICT also when it has none
    public Release rollBack(String name, int number, RollbackKind kind, boolean withCommand, String by) {
        long id = apps.find(name).id();
        return database.inTransaction(() -> {
            App app = deploys.lock(name, id);
            ReleaseView target = find(app, number);
            refuseUnlessPossible(target);
            if (!target.kinds().contains(kind)) {
                throw Problem.conflict(cannot(number, kind, target));
            }
            if (!releases.inState(id, ReleaseState.STARTING).isEmpty()) {
                throw Problem.conflict("Another release of \"" + name
                        + "\" is just starting. Try again when it is live or has failed.");
            }
            Release processes = switch (kind) {
                case IMAGE_AND_CONFIG -> target.release();
                case IMAGE -> releases.inState(id, ReleaseState.LIVE).getFirst();
            };
            if (withCommand && processes.processes().release() == null) {
                throw Problem.conflict("Release " + processes.number() + " has no release command that could run.");
            }
            NewRelease wish = switch (kind) {
                case IMAGE_AND_CONFIG -> NewRelease.rollback(target.release(), by);
                case IMAGE -> NewRelease.rollbackOfImage(target.release(), processes, by);
            };
            Release made = releases.create(withCommand ? wish.withCommand() : wish);
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

    /// Where only the other kind is possible.
    private static String cannot(int number, RollbackKind kind, ReleaseView target) {
        return switch (kind) {
            case IMAGE ->
                "Can't roll back to the image of release " + number + ": image v"
                        + target.image().version()
                        + " is live already. Roll back image and config to change the rest.";
            case IMAGE_AND_CONFIG ->
                "Can't roll back to image and config of release " + number + ": " + target.notReady()
                        + ". Its image alone can be rolled back to.";
        };
    }
}
