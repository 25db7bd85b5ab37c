package dev.slipway.platform.storage;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.volumes.Mounting;
import dev.slipway.db.volumes.Volume;
import dev.slipway.db.volumes.VolumeName;
import dev.slipway.db.volumes.VolumeStore;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/// Giving volumes to apps and taking them away. It takes effect at once: instances are replaced by such as have the
/// volumes of now, and no rollback touches them. Data are kept until somebody deletes them by name.
@Service
public class VolumeService {
    private static final int MOST_ATTACHED = 20;
    /// Kept ones of the app included.
    private static final int MOST = 100;

    private final Database database;
    private final AppService apps;
    private final AppStore appStore;
    private final VolumeStore volumes;
    private final EventLog events;

    VolumeService(Database database, AppService apps, AppStore appStore, EventLog events) {
        this.database = database;
        this.apps = apps;
        this.appStore = appStore;
        this.volumes = new VolumeStore(database);
        this.events = events;
    }

    /// Those that it mounts, then those that are kept of it, by name.
    public List<Volume> ofApp(String app) {
        return volumes.ofApp(apps.find(app).id());
    }

    /// Of all apps, by app and name; those of deleted apps too.
    public List<VolumeView> all() {
        Set<Long> present = appStore.all().stream().map(App::id).collect(Collectors.toSet());
        return volumes.all().stream()
                .filter(volume -> volume.deletedBy() == null)
                .map(volume -> new VolumeView(volume, !present.contains(volume.appId())))
                .toList();
    }

    /// @throws Problem NOT_FOUND
    public Volume find(String app, String name) {
        return ofApp(app).stream()
                .filter(volume -> volume.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("\"" + app + "\" has no volume called \"" + shown(name) + "\"."));
    }

    /// @throws Problem NOT_FOUND
    public Volume find(long id) {
        return volumes.find(id).orElseThrow(() -> Problem.notFound("There is no volume with the id " + id + "."));
    }

    /// An empty one.
    ///
    /// @throws Problem INVALID when it can't be, CONFLICT when the app has one of that name or at that path
    public Volume add(String app, VolumeDraft draft, String by) {
        VolumeName name = draft.checkedName();
        Mounting mounting = draft.mounting();
        return change(app, name, locked -> {
            checkNumber(locked);
            check(locked, mounting, -1);
            Volume added = volumes.create(owner(locked, name), mounting, by);
            tell(locked, by, "Volume " + name + " added at " + mounting.words());
            return added;
        });
    }

    /// Changes where it is mounted; its name and data stay.
    public Volume mount(String app, String name, VolumeDraft draft, String by) {
        Volume volume = find(app, name);
        Mounting mounting = draft.mounting();
        return change(app, volume.name(), locked -> {
            check(locked, mounting, volume.id());
            if (!volumes.mount(volume, mounting)) {
                throw Problem.conflict("The volume \"" + name + "\" is detached. Attach it, and say where.");
            }
            tell(locked, by, "Volume " + name + " is now at " + mounting.words());
            return find(volume.id());
        });
    }

    /// Gives one that is kept, of this app or of another one, to an app.
    ///
    /// @throws Problem CONFLICT when an app has it already
    public Volume attach(String app, long id, VolumeDraft draft, String by) {
        Volume volume = find(id);
        VolumeName name = draft.checkedName();
        Mounting mounting = draft.mounting();
        return change(app, name, locked -> {
            check(locked, mounting, id);
            if (!volumes.attach(volume, owner(locked, name), mounting)) {
                throw Problem.conflict("The volume \"" + volume.name() + "\" belongs to the app \"" + volume.app()
                        + "\". Detach it there first.");
            }
            tell(locked, by, "Volume " + name + " attached at " + mounting.words() + from(volume, locked));
            return find(id);
        });
    }

    private static String from(Volume volume, App app) {
        return volume.appId() == app.id() ? "" : "; it was " + volume.name() + " of " + volume.app();
    }

    /// Takes it away from its app, and keeps its data.
    public void detach(String app, String name, String by) {
        Volume volume = find(app, name);
        database.inTransaction(() -> {
            if (volumes.detach(volume)) {
                events.app(
                        volume.appId(), EventKind.APP_CHANGED, by, "Volume " + name + " detached; its data are kept");
            }
        });
    }

    /// Deletes the data of one that is kept, for good.
    ///
    /// @param typed its name, as the one who wants it typed it
    public void delete(long id, String typed, String by) {
        Volume volume = find(id);
        if (!typed.equals(volume.name().value())) {
            throw Problem.invalid("To delete the volume, say its name, \"" + volume.name()
                    + "\": its data can't be had back afterwards.");
        }
        database.inTransaction(() -> {
            if (!volumes.delete(volume, by)) {
                throw Problem.conflict("The app \"" + volume.app() + "\" still has the volume \"" + volume.name()
                        + "\". Detach it there first.");
            }
            events.app(volume.appId(), EventKind.APP_CHANGED, by, "Volume " + volume.name() + " deleted with its data");
        });
    }

    /// Changes of an app's volumes come one after the other.
    private Volume change(String app, VolumeName name, Function<App, Volume> work) {
        long id = apps.find(app).id();
        try {
            return database.inTransaction(() -> work.apply(
                    appStore.lock(id).orElseThrow(() -> Problem.notFound("The app was deleted meanwhile."))));
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("\"" + app + "\" has a volume called \"" + name
                    + "\" already, maybe a detached one. Choose another name.");
        }
    }

    private void checkNumber(App app) {
        if (volumes.ofApp(app.id()).size() >= MOST) {
            throw Problem.conflict("An app can have at most " + MOST
                    + " volumes, with those that are kept of it. Delete what nobody needs any more.");
        }
    }

    private void check(App app, Mounting mounting, long itself) {
        List<Volume> others = volumes.ofApp(app.id()).stream()
                .filter(volume -> volume.attached() && volume.id() != itself)
                .toList();
        if (others.size() >= MOST_ATTACHED) {
            throw Problem.conflict("An app can have at most " + MOST_ATTACHED + " volumes at a time.");
        }
        for (String type : mounting.types()) {
            if (!app.types().contains(type)) {
                throw Problem.invalid("\"" + app.name() + "\" has no process type \"" + shown(type) + "\". It has "
                        + String.join(", ", app.types()) + ".");
            }
            others.stream()
                    .filter(other ->
                            other.mountedBy(type) && other.mounting().path().equals(mounting.path()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw Problem.conflict("The volume \"" + other.name() + "\" is at " + mounting.path() + " in "
                                + type + " already.");
                    });
        }
        String writer = mounting.writer();
        if (writer != null && app.scale().of(writer) > 1) {
            throw Problem.conflict(
                    writer + " runs " + app.scale().of(writer) + " instances, and only one can write a volume:"
                            + " several at once could destroy its files. Scale " + writer + " to 1 first.");
        }
    }

    private void tell(App app, String by, String message) {
        events.app(app.id(), EventKind.APP_CHANGED, by, message);
    }

    private static VolumeStore.Owner owner(App app, VolumeName name) {
        return new VolumeStore.Owner(app.id(), app.name().value(), name);
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
