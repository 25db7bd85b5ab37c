package dev.slipway.platform.door;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.door.DoorStore;
import dev.slipway.db.door.DoorUser;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.secrets.PasswordHash;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;

/// Changing whom an app lets in. It takes effect at once, and no rollback touches it.
@Service
public class DoorService {
    private static final int MOST_USERS = 100;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 200;

    private final Database database;
    private final AppService apps;
    private final AppStore appStore;
    private final DoorStore doors;
    private final EventLog events;

    DoorService(Database database, AppService apps, AppStore appStore, EventLog events) {
        this.database = database;
        this.apps = apps;
        this.appStore = appStore;
        this.doors = new DoorStore(database);
        this.events = events;
    }

    public Door of(String app) {
        long id = apps.find(app).id();
        return new Door(doors.settings(id), doors.users(id));
    }

    public DoorSettings.Maintenance maintenance(String app) {
        return doors.settings(apps.find(app).id()).maintenance();
    }

    public Door turnMaintenance(String app, boolean on, String by) {
        return change(app, now -> now.with(now.maintenance().turned(on)), by);
    }

    /// @param change makes the new settings from the present ones
    /// @throws IllegalArgumentException from `change`, with a message for the user
    public Door change(String name, UnaryOperator<DoorSettings> change, String by) {
        App app = apps.find(name);
        return database.inTransaction(() -> {
            appStore.lock(app.id());
            DoorSettings before = doors.settings(app.id());
            DoorSettings after = change.apply(before);
            if (!after.equals(before)) {
                doors.save(app.id(), after, by);
                events.app(app.id(), EventKind.APP_CHANGED, by, DoorWords.change(before, after));
            }
            return of(name);
        });
    }

    /// Invites somebody, or gives them another password.
    ///
    /// @return whether they are new
    /// @throws Problem INVALID when name or password can't be
    public boolean invite(String name, String user, String password, String by) {
        App app = apps.find(name);
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw Problem.invalid(
                    "A password has between " + SHORTEST_PASSWORD + " and " + LONGEST_PASSWORD + " characters.");
        }
        DoorUser invited = user(app, user, password, by);
        return database.inTransaction(() -> {
            appStore.lock(app.id());
            boolean isNew = doors.put(invited);
            if (isNew && doors.users(app.id()).size() > MOST_USERS) {
                throw Problem.conflict("An app can ask at most " + MOST_USERS + " users for a password.");
            }
            events.app(
                    app.id(),
                    EventKind.APP_CHANGED,
                    by,
                    isNew ? "Visitor " + user + " invited" : "Visitor " + user + " got another password");
            return isNew;
        });
    }

    private static DoorUser user(App app, String user, String password, String by) {
        try {
            return new DoorUser(app.id(), user, PasswordHash.of(password), by, Instant.now());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// When the last one goes, everybody comes in without a password.
    ///
    /// @throws Problem NOT_FOUND
    public void uninvite(String name, String user, String by) {
        App app = apps.find(name);
        database.inTransaction(() -> {
            if (!doors.remove(app.id(), user)) {
                throw Problem.notFound("\"" + name + "\" asks no user called \"" + user + "\" for a password.");
            }
            events.app(app.id(), EventKind.APP_CHANGED, by, "Visitor " + user + " not invited any more");
        });
    }
}
