package dev.slipway.db.door;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.secrets.PasswordHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowMapper;

/// Apps' doors. Each change rings, and the front door takes it over at once.
public final class DoorStore {
    private static final RowMapper<DoorUser> USER = (row, n) -> new DoorUser(
            row.getLong("app_id"),
            row.getString("name"),
            new PasswordHash(row.getString("password_hash")),
            row.getString("created_by"),
            row.getTimestamp("created_at").toInstant());

    private final Database database;

    public DoorStore(Database database) {
        this.database = database;
    }

    /// The default when nobody ever changed them.
    public DoorSettings settings(long appId) {
        return database.jdbc()
                .sql("SELECT settings FROM doors WHERE app_id = :app")
                .param("app", appId)
                .query((row, n) -> Json.read(row.getString(1), DoorSettings.class))
                .optional()
                .orElse(DoorSettings.DEFAULT);
    }

    /// Those of all apps that have some, by the app's id.
    public Map<Long, DoorSettings> allSettings() {
        Map<Long, DoorSettings> settings = new HashMap<>();
        database.jdbc()
                .sql("SELECT app_id, settings FROM doors")
                .query((row, n) -> settings.put(row.getLong(1), Json.read(row.getString(2), DoorSettings.class)))
                .list();
        return settings;
    }

    public void save(long appId, DoorSettings settings, String by) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("""
                         INSERT INTO doors (app_id, settings, changed_by) VALUES (:app, :settings::jsonb, :by)
                         ON CONFLICT (app_id) DO UPDATE SET settings = excluded.settings, changed_by = excluded.changed_by, changed_at = now()""")
                    .param("app", appId)
                    .param("settings", Json.write(settings))
                    .param("by", by)
                    .update();
            Bell.ring(database, Bell.Topic.APP, appId);
        });
    }

    /// By name.
    public List<DoorUser> users(long appId) {
        return database.jdbc()
                .sql("SELECT * FROM door_users WHERE app_id = :app ORDER BY name")
                .param("app", appId)
                .query(USER)
                .list();
    }

    /// Of all apps.
    public List<DoorUser> allUsers() {
        return database.jdbc()
                .sql("SELECT * FROM door_users ORDER BY app_id, name")
                .query(USER)
                .list();
    }

    /// Adds a user, or gives one another password.
    ///
    /// @return false when there was one with that name
    public boolean put(DoorUser user) {
        return database.inTransaction(() -> {
            boolean isNew = database.jdbc()
                    .sql("""
                         INSERT INTO door_users (app_id, name, password_hash, created_by) VALUES (:app, :name, :hash, :by)
                         ON CONFLICT (app_id, name) DO UPDATE SET password_hash = excluded.password_hash
                         RETURNING xmax = 0""")
                    .param("app", user.appId())
                    .param("name", user.name())
                    .param("hash", user.password().written())
                    .param("by", user.createdBy())
                    .query(Boolean.class)
                    .single();
            Bell.ring(database, Bell.Topic.APP, user.appId());
            return isNew;
        });
    }

    /// False when there is no such user.
    public boolean remove(long appId, String name) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("DELETE FROM door_users WHERE app_id = :app AND name = :name")
                    .param("app", appId)
                    .param("name", name)
                    .update();
            Bell.ring(database, Bell.Topic.APP, appId);
            return rows == 1;
        });
    }

    /// Joins the transaction that deletes the app.
    public void forget(long appId) {
        for (String table : List.of("doors", "door_users")) {
            database.jdbc()
                    .sql("DELETE FROM " + table + " WHERE app_id = :app")
                    .param("app", appId)
                    .update();
        }
    }
}
