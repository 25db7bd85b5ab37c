package dev.slipway.db.events;

import dev.slipway.db.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Appends and reads events. Appending joins the transaction of what happened.
public final class EventLog {
    /// An app's newest ones are kept, years of them for most; they take some 2 MB of the database.
    public static final int KEPT = 10_000;

    private static final RowMapper<Event> ROW = (row, n) -> new Event(
            row.getLong("id"),
            row.getTimestamp("at").toInstant(),
            row.getObject("app_id", Long.class),
            row.getObject("build_id", Long.class),
            row.getObject("release_id", Long.class),
            EventKind.valueOf(row.getString("kind")),
            row.getString("actor"),
            row.getString("message"));

    private final Database database;

    public EventLog(Database database) {
        this.database = database;
    }

    public void app(long appId, EventKind kind, String actor, String message) {
        append(appId, null, null, kind, actor, message);
    }

    public void build(long appId, long buildId, EventKind kind, String actor, String message) {
        append(appId, buildId, null, kind, actor, message);
    }

    public void release(long appId, long releaseId, EventKind kind, String actor, String message) {
        append(appId, null, releaseId, kind, actor, message);
    }

    /// For what belongs to no app.
    public void platform(EventKind kind, String actor, String message) {
        append(null, null, null, kind, actor, message);
    }

    private void append(
            @Nullable Long appId,
            @Nullable Long buildId,
            @Nullable Long releaseId,
            EventKind kind,
            String actor,
            String message) {
        database.jdbc()
                .sql("INSERT INTO events (app_id, build_id, release_id, kind, actor, message)"
                        + " VALUES (:app, :build, :release, :kind, :actor, :message)")
                .param("app", appId)
                .param("build", buildId)
                .param("release", releaseId)
                .param("kind", kind.name())
                .param("actor", actor)
                .param("message", message)
                .update();
    }

    /// Deletes what is more than [#KEPT] of an app. The few that belong to no app stay. Returns how many went.
    public int prune() {
        return database.jdbc().sql("""
                     DELETE FROM events e USING (
                       SELECT a.id AS app,
                         (SELECT id FROM events WHERE app_id = a.id ORDER BY id DESC OFFSET :kept LIMIT 1) AS last
                       FROM apps a) old
                     WHERE e.app_id = old.app AND e.id <= old.last""").param("kept", KEPT).update();
    }

    /// An app's events with `id < before`, newest first.
    public List<Event> ofApp(long appId, long before, int limit) {
        return database.jdbc()
                .sql("SELECT * FROM events WHERE app_id = :app AND id < :before ORDER BY id DESC LIMIT :limit")
                .param("app", appId)
                .param("before", before)
                .param("limit", limit)
                .query(ROW)
                .list();
    }
}
