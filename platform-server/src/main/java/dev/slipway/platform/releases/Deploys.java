package dev.slipway.platform.releases;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.NewRelease;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.registry.ImageContents;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Whether builds are released by themselves, and releasing an image by hand.
///
/// A build that ends and a rollback that pauses both hold the app's row, so one comes wholly before the other.
@Service
public class Deploys {
    private final Database database;
    private final AppService apps;
    private final AppStore store;
    private final ImageStore images;
    private final ReleaseStore releases;
    private final EventLog events;
    private final ImageContents contents;

    Deploys(
            Database database,
            AppService apps,
            AppStore store,
            ImageStore images,
            ReleaseStore releases,
            EventLog events,
            ImageContents contents) {
        this.database = database;
        this.apps = apps;
        this.store = store;
        this.images = images;
        this.releases = releases;
        this.events = events;
        this.contents = contents;
    }

    /// Joins the transaction of the rollback.
    void pause(App app, int release, String by) {
        store.pauseDeploys(app.id(), release, by);
        events.app(
                app.id(), EventKind.DEPLOYS_PAUSED, by, "Automatic deploys paused: rolled back to release " + release);
    }

    /// Lets builds be released by themselves again.
    ///
    /// @param release also releases the newest image, when it was built meanwhile
    /// @return that release
    /// @throws Problem CONFLICT when deploys aren't paused, or that image isn't whole in the registry
    public Optional<Release> resume(String name, boolean release, String by) {
        long id = apps.find(name).id();
        return database.inTransaction(() -> {
            App app = lock(name, id);
            if (!store.resumeDeploys(id)) {
                throw Problem.conflict(
                        "Automatic deploys of \"" + name + "\" aren't paused; there is nothing to resume.");
            }
            events.app(id, EventKind.DEPLOYS_RESUMED, by, "Automatic deploys resumed");
            return (release ? images.held(List.of(id)) : List.<ImageVersion>of())
                    .stream().findFirst().map(image -> release(app, image, by));
        });
    }

    /// Releases an image version with the app's present config and settings, whether deploys are paused or not.
    ///
    /// @throws Problem NOT_FOUND when there is no such version, CONFLICT when it isn't whole in the registry
    public Release release(String name, int version, String by) {
        long id = apps.find(name).id();
        return database.inTransaction(() -> {
            App app = lock(name, id);
            ImageVersion image = images.find(id, version)
                    .orElseThrow(() -> Problem.notFound("App \"" + name + "\" has no image v" + version + "."));
            return release(app, image, by);
        });
    }

    private Release release(App app, ImageVersion image, String by) {
        String problem = contents.problems(app.name(), List.of(image.digest())).get(image.digest());
        if (problem != null) {
            throw Problem.conflict("Can't release image v" + image.version() + " of \"" + app.name() + "\": " + problem
                    + ". Build its commit again.");
        }
        return releases.create(NewRelease.ofImage(app.id(), image.id(), by));
    }

    /// Holds the app's row until the transaction ends.
    App lock(String name, long id) {
        return store.lock(id).orElseThrow(() -> Problem.notFound("The app \"" + name + "\" was deleted just now."));
    }
}
