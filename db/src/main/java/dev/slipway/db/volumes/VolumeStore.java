package dev.slipway.db.volumes;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Apps' volumes, and those that are kept. What changes rings, and the runtime tier follows.
public final class VolumeStore {
    private static final RowMapper<Volume> ROW = (row, n) -> read(row);
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int RANDOM_CHARS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;

    public VolumeStore(Database database) {
        this.database = database;
    }

    /// Whose volume it is to be, and under which name.
    public record Owner(long appId, String app, VolumeName name) {}

    /// An empty one. Nobody's data can ever be behind its name in the engine, also when this database is new.
    ///
    /// @throws org.springframework.dao.DuplicateKeyException when the app has one of that name
    public Volume create(Owner owner, Mounting mounting, String by) {
        return database.inTransaction(() -> {
            Volume created = mounting(owner(database.jdbc().sql("""
                                         INSERT INTO volumes (app_id, app_name, name, storage, path, writer, readers, created_by)
                                         VALUES (:app, :appName, :name, :storage, :path, :writer, :readers::jsonb, :by)
                                         RETURNING *"""), owner), mounting)
                    .param("storage", owner.app() + "-" + owner.name() + "-" + random())
                    .param("by", by)
                    .query(ROW)
                    .single();
            ring(owner.appId());
            return created;
        });
    }

    private static String random() {
        StringBuilder random = new StringBuilder();
        for (int i = 0; i < RANDOM_CHARS; i++) {
            random.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return random.toString();
    }

    /// Changes where it is mounted. False when it isn't attached.
    public boolean mount(Volume volume, Mounting mounting) {
        return change(mounting(database.jdbc().sql("""
                             UPDATE volumes SET path = :path, writer = :writer, readers = :readers::jsonb
                             WHERE id = :id AND detached_at IS NULL"""), mounting), volume);
    }

    /// From now on its app doesn't mount it, and its data are kept. False when it wasn't attached.
    public boolean detach(Volume volume) {
        return change(
                database.jdbc().sql("UPDATE volumes SET detached_at = now() WHERE id = :id AND detached_at IS NULL"),
                volume);
    }

    /// All of an app; joins the transaction that deletes it.
    public void detachAll(long appId) {
        database.jdbc()
                .sql("UPDATE volumes SET detached_at = now() WHERE app_id = :app AND detached_at IS NULL")
                .param("app", appId)
                .update();
    }

    /// Gives one that is kept to an app. False when it isn't kept any more.
    ///
    /// @throws org.springframework.dao.DuplicateKeyException when the app has one of that name
    public boolean attach(Volume volume, Owner owner, Mounting mounting) {
        return database.inTransaction(() -> {
            ring(owner.appId());
            return change(mounting(owner(database.jdbc().sql("""
                             UPDATE volumes SET app_id = :app, app_name = :appName, name = :name, detached_at = NULL,
                               path = :path, writer = :writer, readers = :readers::jsonb
                             WHERE id = :id AND detached_at IS NOT NULL AND deleted_by IS NULL"""), owner), mounting), volume);
        });
    }

    /// Has its data removed, by the runtime tier. False when it isn't kept any more.
    public boolean delete(Volume volume, String by) {
        return change(
                database.jdbc()
                        .sql("UPDATE volumes SET deleted_by = :by"
                                + " WHERE id = :id AND detached_at IS NOT NULL AND deleted_by IS NULL")
                        .param("by", by),
                volume);
    }

    private boolean change(JdbcClient.StatementSpec statement, Volume volume) {
        return database.inTransaction(() -> {
            int rows = statement.param("id", volume.id()).update();
            ring(volume.appId());
            return rows == 1;
        });
    }

    /// It is in the engine.
    public void made(long id) {
        database.jdbc()
                .sql("UPDATE volumes SET made_at = coalesce(made_at, now()) WHERE id = :id")
                .param("id", id)
                .update();
    }

    /// Its data are gone.
    public void removed(Volume volume) {
        change(database.jdbc().sql("DELETE FROM volumes WHERE id = :id AND deleted_by IS NOT NULL"), volume);
    }

    public void sized(long id, VolumeSize size) {
        database.jdbc()
                .sql("UPDATE volumes SET size_bytes = :bytes, size_whole = :whole, sized_at = :at WHERE id = :id")
                .param("bytes", size.bytes())
                .param("whole", size.whole())
                .param("at", Timestamp.from(size.at()))
                .param("id", id)
                .update();
    }

    public Optional<Volume> find(long id) {
        return database.jdbc()
                .sql("SELECT * FROM volumes WHERE id = :id AND deleted_by IS NULL")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    public Optional<Volume> find(long appId, VolumeName name) {
        return database.jdbc()
                .sql("SELECT * FROM volumes WHERE app_id = :app AND name = :name AND deleted_by IS NULL")
                .param("app", appId)
                .param("name", name.value())
                .query(ROW)
                .optional();
    }

    /// Those that it mounts, then those that are kept of it, by name.
    public List<Volume> ofApp(long appId) {
        return database.jdbc()
                .sql("SELECT * FROM volumes WHERE app_id = :app AND deleted_by IS NULL"
                        + " ORDER BY detached_at IS NOT NULL, name")
                .param("app", appId)
                .query(ROW)
                .list();
    }

    /// Of all apps, by app and name, those too whose data are being removed.
    public List<Volume> all() {
        return database.jdbc()
                .sql("SELECT * FROM volumes ORDER BY app_name, detached_at IS NOT NULL, name, id")
                .query(ROW)
                .list();
    }

    private void ring(long appId) {
        Bell.ring(database, Bell.Topic.APP, appId);
    }

    private static JdbcClient.StatementSpec owner(JdbcClient.StatementSpec statement, Owner owner) {
        return statement
                .param("app", owner.appId())
                .param("appName", owner.app())
                .param("name", owner.name().value());
    }

    private static JdbcClient.StatementSpec mounting(JdbcClient.StatementSpec statement, Mounting mounting) {
        return statement
                .param("path", mounting.path().value())
                .param("writer", mounting.writer())
                .param("readers", Json.write(mounting.readers()));
    }

    @SuppressWarnings("unchecked")
    private static Volume read(ResultSet row) throws SQLException {
        return new Volume(
                row.getLong("id"),
                row.getLong("app_id"),
                row.getString("app_name"),
                new VolumeName(row.getString("name")),
                row.getString("storage"),
                new Mounting(
                        new MountPath(row.getString("path")),
                        row.getString("writer"),
                        Json.read(row.getString("readers"), List.class)),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "detached_at"),
                row.getTimestamp("made_at") != null,
                row.getString("deleted_by"),
                size(row));
    }

    private static @Nullable VolumeSize size(ResultSet row) throws SQLException {
        Instant at = instant(row, "sized_at");
        return at == null ? null : new VolumeSize(row.getLong("size_bytes"), row.getBoolean("size_whole"), at);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
