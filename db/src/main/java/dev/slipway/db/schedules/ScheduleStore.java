package dev.slipway.db.schedules;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Schedules, and when they are due. A change rings for the app.
public final class ScheduleStore {
    private static final RowMapper<Schedule> ROW = (row, n) -> read(row);

    private final Database database;

    public ScheduleStore(Database database) {
        this.database = database;
    }

    /// @throws org.springframework.dao.DuplicateKeyException when the app has one of this name
    public Schedule create(long appId, ScheduleSettings settings, Instant nextAt, String by) {
        return database.inTransaction(() -> {
            Schedule created = with(
                            settings,
                            database.jdbc()
                                    .sql("INSERT INTO schedules"
                                            + " (app_id, name, cron, zone, command, timeout_s, overlap, missed, next_at, created_by)"
                                            + " VALUES (:app, :name, :cron, :zone, :command::jsonb, :timeout, :overlap, :missed, :next, :by)"
                                            + " RETURNING *"))
                    .param("app", appId)
                    .param("next", Timestamp.from(nextAt))
                    .param("by", by)
                    .query(ROW)
                    .single();
            Bell.ring(database, Bell.Topic.APP, appId);
            return created;
        });
    }

    /// Also when it is due next; null pauses it.
    ///
    /// @param pausedBy null exactly when `nextAt` isn't
    public void change(
            Schedule schedule, ScheduleSettings settings, @Nullable Instant nextAt, @Nullable String pausedBy) {
        database.inTransaction(() -> {
            with(
                            settings,
                            database.jdbc()
                                    .sql(
                                            "UPDATE schedules SET name = :name, cron = :cron, zone = :zone, command = :command::jsonb,"
                                                    + " timeout_s = :timeout, overlap = :overlap, missed = :missed, next_at = :next,"
                                                    + " paused_by = :by, skipped = 0, skipped_at = NULL, skipped_why = NULL WHERE id = :id"))
                    .param("next", nextAt == null ? null : Timestamp.from(nextAt), java.sql.Types.TIMESTAMP)
                    .param("by", pausedBy)
                    .param("id", schedule.id())
                    .update();
            Bell.ring(database, Bell.Topic.APP, schedule.appId());
        });
    }

    private static JdbcClient.StatementSpec with(ScheduleSettings settings, JdbcClient.StatementSpec statement) {
        return statement
                .param("name", settings.name())
                .param("cron", settings.cron())
                .param("zone", settings.zone())
                .param("command", Json.write(settings.command()))
                .param("timeout", settings.timeoutSeconds())
                .param("overlap", settings.overlap().name())
                .param("missed", settings.missed().name());
    }

    public boolean remove(Schedule schedule) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("DELETE FROM schedules WHERE id = :id")
                    .param("id", schedule.id())
                    .update();
            Bell.ring(database, Bell.Topic.APP, schedule.appId());
            return rows == 1;
        });
    }

    /// Removes all of an app that is being deleted.
    public void forget(long appId) {
        database.jdbc()
                .sql("DELETE FROM schedules WHERE app_id = :app")
                .param("app", appId)
                .update();
    }

    /// Those that are due, the longest waiting first.
    public List<Schedule> due(Instant now, int limit) {
        return database.jdbc()
                .sql("SELECT * FROM schedules WHERE next_at <= :now ORDER BY next_at, id LIMIT :limit")
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    /// Those that aren't due yet.
    public List<Schedule> later(Instant now) {
        return database.jdbc()
                .sql("SELECT * FROM schedules WHERE next_at > :now ORDER BY id")
                .param("now", Timestamp.from(now))
                .query(ROW)
                .list();
    }

    /// When the first of all is due; empty when none is.
    public Optional<Instant> firstDue() {
        return database.jdbc()
                .sql("SELECT min(next_at) FROM schedules")
                .query((row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
    }

    /// Takes a schedule to its next time, which is what makes one of several platform-servers run it; false
    /// when another one was first or it was changed meanwhile. Joins the caller's transaction.
    public boolean advance(Schedule due, Instant nextAt) {
        return database.jdbc()
                        .sql("UPDATE schedules SET next_at = :next WHERE id = :id AND next_at = :seen")
                        .param("next", Timestamp.from(nextAt))
                        .param("id", due.id())
                        .param("seen", due.nextAt() == null ? null : Timestamp.from(due.nextAt()))
                        .update()
                == 1;
    }

    /// It was due and isn't run.
    public void skipped(Schedule due, String why) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql(
                            "UPDATE schedules SET skipped = skipped + 1, skipped_at = :at, skipped_why = :why WHERE id = :id")
                    .param("at", due.nextAt() == null ? null : Timestamp.from(due.nextAt()))
                    .param("why", why)
                    .param("id", due.id())
                    .update();
            Bell.ring(database, Bell.Topic.APP, due.appId());
        });
    }

    /// It was due and runs.
    public void ran(Schedule due) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("UPDATE schedules SET skipped = 0, skipped_at = NULL, skipped_why = NULL WHERE id = :id")
                    .param("id", due.id())
                    .update();
            Bell.ring(database, Bell.Topic.APP, due.appId());
        });
    }

    /// An app's, by name.
    public List<Schedule> ofApp(long appId) {
        return database.jdbc()
                .sql("SELECT * FROM schedules WHERE app_id = :app ORDER BY name")
                .param("app", appId)
                .query(ROW)
                .list();
    }

    public Optional<Schedule> find(long appId, long id) {
        return database.jdbc()
                .sql("SELECT * FROM schedules WHERE app_id = :app AND id = :id")
                .param("app", appId)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    @SuppressWarnings("unchecked")
    private static Schedule read(ResultSet row) throws SQLException {
        Timestamp next = row.getTimestamp("next_at");
        Timestamp skipped = row.getTimestamp("skipped_at");
        return new Schedule(
                row.getLong("id"),
                row.getLong("app_id"),
                new ScheduleSettings(
                        row.getString("name"),
                        row.getString("cron"),
                        row.getString("zone"),
                        Json.read(row.getString("command"), List.class),
                        row.getInt("timeout_s"),
                        ScheduleSettings.Overlap.valueOf(row.getString("overlap")),
                        ScheduleSettings.Missed.valueOf(row.getString("missed"))),
                next == null ? null : next.toInstant(),
                row.getString("paused_by"),
                skipped == null
                        ? null
                        : new Schedule.Skip(
                                row.getInt("skipped"),
                                skipped.toInstant(),
                                String.valueOf(row.getString("skipped_why"))),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
