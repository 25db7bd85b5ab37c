package dev.slipway.db.apps;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Config versions of apps: environments (JSON object: name to value), encrypted with purpose `config/<app
/// id>/<version>`.
public final class ConfigStore {
    private final Database database;

    /// What an environment is encrypted for: it can't be read as another app's or version's.
    public static String purpose(long appId, int version) {
        return "config/" + appId + "/" + version;
    }

    public ConfigStore(Database database) {
        this.database = database;
    }

    /// The version that the app's next release takes; 0 when none was ever set.
    public int present(long appId) {
        return database.jdbc()
                .sql("SELECT config_version FROM apps WHERE id = :app")
                .param("app", appId)
                .query(Integer.class)
                .single();
    }

    /// The number of the app's next version. Holds the app's row, and with it the number, until the surrounding
    /// transaction ends.
    public int next(long appId) {
        return database.jdbc().sql("""
                     SELECT 1 + coalesce((SELECT max(version) FROM config_versions WHERE app_id = :app), 0)
                     FROM apps WHERE id = :app FOR NO KEY UPDATE""").param("app", appId).query(Integer.class).single();
    }

    /// Adds a version and makes it the present one.
    public void add(long appId, int version, byte[] sealed, String by) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("INSERT INTO config_versions (app_id, version, env, created_by)"
                            + " VALUES (:app, :version, :env, :by)")
                    .param("app", appId)
                    .param("version", version)
                    .param("env", sealed)
                    .param("by", by)
                    .update();
            database.jdbc()
                    .sql("UPDATE apps SET config_version = :version WHERE id = :app")
                    .param("version", version)
                    .param("app", appId)
                    .update();
            Bell.ring(database, Bell.Topic.APP, appId);
        });
    }

    /// Empty for version 0.
    public Optional<ConfigVersion> find(long appId, int version) {
        return find(appId, List.of(version)).stream().findFirst();
    }

    public List<ConfigVersion> find(long appId, Collection<Integer> versions) {
        return database.jdbc()
                .sql("SELECT * FROM config_versions WHERE app_id = :app AND version = ANY(:versions)")
                .param("app", appId)
                .param("versions", versions.toArray(Integer[]::new))
                .query((row, n) -> new ConfigVersion(
                        row.getInt("version"),
                        row.getBytes("env"),
                        row.getString("created_by"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
