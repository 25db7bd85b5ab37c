package dev.slipway.db.apps;

import dev.slipway.db.Database;
import java.util.Optional;

/// Config versions of apps: environments (JSON object: name to value), encrypted with purpose `config/<app
/// id>/<version>`.
public final class ConfigStore {
    private final Database database;

    public ConfigStore(Database database) {
        this.database = database;
    }

    /// The version that the app's next release takes; 0 when none was ever set.
    public int latest(long appId) {
        return database.jdbc()
                .sql("SELECT coalesce(max(version), 0) FROM config_versions WHERE app_id = :app")
                .param("app", appId)
                .query(Integer.class)
                .single();
    }

    /// Encrypted.
    public Optional<byte[]> environment(long appId, int version) {
        return database.jdbc()
                .sql("SELECT env FROM config_versions WHERE app_id = :app AND version = :version")
                .param("app", appId)
                .param("version", version)
                .query(byte[].class)
                .optional();
    }
}
