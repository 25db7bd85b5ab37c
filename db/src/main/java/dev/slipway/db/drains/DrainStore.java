package dev.slipway.db.drains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Apps' log drains. Each change rings.
public final class DrainStore {
    /// What their credentials are encrypted for.
    public static final String SECRET_PURPOSE = "log drain";

    private static final RowMapper<Drain> ROW = (row, n) -> read(row);

    private final Database database;

    public DrainStore(Database database) {
        this.database = database;
    }

    /// @param sealed its credentials, encrypted; null: none
    public Drain create(long appId, DrainAddress address, byte @Nullable [] sealed, DrainSettings settings, String by) {
        return database.inTransaction(() -> {
            Drain created = database.jdbc()
                    .sql("""
                         INSERT INTO drains (app_id, url, secret, settings, created_by)
                         VALUES (:app, :url, :secret, :settings::jsonb, :by) RETURNING *""")
                    .param("app", appId)
                    .param("url", address.url())
                    .param("secret", sealed)
                    .param("settings", Json.write(settings))
                    .param("by", by)
                    .query(ROW)
                    .single();
            Bell.ring(database, Bell.Topic.APP, appId);
            return created;
        });
    }

    public List<Drain> ofApp(long appId) {
        return database.jdbc()
                .sql("SELECT * FROM drains WHERE app_id = :app ORDER BY id")
                .param("app", appId)
                .query(ROW)
                .list();
    }

    public List<Drain> all() {
        return database.jdbc()
                .sql("SELECT * FROM drains ORDER BY id")
                .query(ROW)
                .list();
    }

    /// Encrypted; empty when it has none.
    public Optional<byte[]> secret(long id) {
        return database.jdbc()
                .sql("SELECT secret FROM drains WHERE id = :id AND secret IS NOT NULL")
                .param("id", id)
                .query(byte[].class)
                .optional();
    }

    /// Asks the runtime tier for a test line. False when there is no such drain.
    public boolean test(long appId, long id) {
        return change("UPDATE drains SET tested_at = clock_timestamp() WHERE app_id = :app AND id = :id", appId, id);
    }

    /// False when there is no such drain.
    public boolean delete(long appId, long id) {
        return change("DELETE FROM drains WHERE app_id = :app AND id = :id", appId, id);
    }

    private boolean change(String sql, long appId, long id) {
        return database.inTransaction(() -> {
            int rows =
                    database.jdbc().sql(sql).param("app", appId).param("id", id).update();
            Bell.ring(database, Bell.Topic.APP, appId);
            return rows == 1;
        });
    }

    /// Joins the transaction that deletes the app.
    public void forget(long appId) {
        database.jdbc()
                .sql("DELETE FROM drains WHERE app_id = :app")
                .param("app", appId)
                .update();
    }

    private static Drain read(ResultSet row) throws SQLException {
        Timestamp tested = row.getTimestamp("tested_at");
        return new Drain(
                row.getLong("id"),
                row.getLong("app_id"),
                DrainAddress.parse(row.getString("url")),
                row.getBytes("secret") != null,
                Json.read(row.getString("settings"), DrainSettings.class),
                tested == null ? null : tested.toInstant(),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
