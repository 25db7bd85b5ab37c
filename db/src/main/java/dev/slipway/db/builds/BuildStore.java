package dev.slipway.db.builds;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.releases.ProcessFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Builds: asking for one, reading them, cancelling one. What workers do to them is in [BuildQueue].
public final class BuildStore {
    static final RowMapper<Build> ROW = (row, n) -> read(row);

    private final Database database;
    private final EventLog events;

    public BuildStore(Database database) {
        this.database = database;
        this.events = new EventLog(database);
    }

    /// Queues a build and supersedes the queued ones of the same branch. Joins the caller's transaction.
    ///
    /// @throws org.springframework.dao.EmptyResultDataAccessException when the app was deleted meanwhile
    public Build enqueue(BuildRequest request) {
        return database.inTransaction(() -> {
            int number = database.jdbc()
                    .sql("UPDATE apps SET last_build = last_build + 1 WHERE id = :app AND deleted_at IS NULL"
                            + " RETURNING last_build")
                    .param("app", request.appId())
                    .query(Integer.class)
                    .single();
            supersedeQueued(request, number);
            Build build = insert(request, number);
            events.build(
                    build.appId(),
                    build.id(),
                    EventKind.BUILD_QUEUED,
                    request.requestedBy(),
                    "Build " + number + " of " + request.commit().id().abbreviated() + " queued");
            Bell.ring(database, Bell.Topic.QUEUE, build.id());
            return build;
        });
    }

    private void supersedeQueued(BuildRequest request, int newer) {
        List<Build> superseded = database.jdbc()
                .sql(
                        "UPDATE builds SET state = 'SUPERSEDED', reason = 'NEWER_COMMIT', message = :message, finished_at = now()"
                                + " WHERE app_id = :app AND branch = :branch AND state = ANY(:from) RETURNING *")
                .param("app", request.appId())
                .param("branch", request.branch())
                .param("message", "Build " + newer + " of a newer commit took its place in the queue")
                .param("from", names(BuildState.Event.SUPERSEDE))
                .query(ROW)
                .list();
        for (Build build : superseded) {
            events.build(
                    build.appId(),
                    build.id(),
                    EventKind.BUILD_SUPERSEDED,
                    Event.SLIPWAY,
                    "Build " + build.number() + " superseded by build " + newer);
            Bell.ring(database, Bell.Topic.BUILD, build.id());
        }
    }

    private Build insert(BuildRequest request, int number) {
        return database.jdbc()
                .sql("""
                     INSERT INTO builds (app_id, number, cause, branch, commit_id, commit_author, commit_message, committed_at, requested_by)
                     VALUES (:app, :number, :cause, :branch, :commit, :author, :message, :committed, :by) RETURNING *""")
                .param("app", request.appId())
                .param("number", number)
                .param("cause", request.cause().name())
                .param("branch", request.branch())
                .param("commit", request.commit().id().value())
                .param("author", request.commit().author())
                .param("message", request.commit().message())
                .param("committed", Timestamp.from(request.commit().committedAt()))
                .param("by", request.requestedBy())
                .query(ROW)
                .single();
    }

    /// Cancels a queued build at once and asks the worker of a running one to stop. False when it had already
    /// ended.
    public boolean cancel(long buildId, String by) {
        return database.inTransaction(() -> {
            hold(buildId);
            Optional<Build> queued = database.jdbc()
                    .sql(
                            "UPDATE builds SET state = 'CANCELLED', reason = 'CANCELLED_BY_USER', message = :message, finished_at = now(),"
                                    + " cancel_requested_by = :by WHERE id = :id AND state = 'QUEUED' RETURNING *")
                    .param("id", buildId)
                    .param("by", by)
                    .param("message", "Cancelled by " + by + " before it started")
                    .query(ROW)
                    .optional();
            queued.ifPresent(b -> events.build(
                    b.appId(), b.id(), EventKind.BUILD_CANCELLED, by, "Build " + b.number() + " cancelled"));
            int asked = queued.isPresent()
                    ? 1
                    : database.jdbc()
                            .sql("UPDATE builds SET cancel_requested_by = :by WHERE id = :id AND state = 'RUNNING'")
                            .param("id", buildId)
                            .param("by", by)
                            .update();
            Bell.ring(database, Bell.Topic.BUILD, buildId);
            return asked == 1;
        });
    }

    /// Its worker may be giving it back just now, so that it is neither queued nor running to who doesn't wait.
    private void hold(long buildId) {
        database.jdbc()
                .sql("SELECT id FROM builds WHERE id = :id FOR NO KEY UPDATE")
                .param("id", buildId)
                .query(Long.class)
                .optional();
    }

    /// Cancels all that is open of an app that is being deleted. Whoever calls it holds the app's row, so that
    /// nothing more is queued.
    public void cancelAll(long appId, String by) {
        database.jdbc()
                .sql("SELECT id FROM builds WHERE app_id = :app AND state = ANY(:from)")
                .param("app", appId)
                .param("from", names(BuildState.Event.CANCEL))
                .query(Long.class)
                .list()
                .forEach(id -> cancel(id, by));
    }

    public Optional<Build> find(long id) {
        return database.jdbc()
                .sql("SELECT * FROM builds WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    public Optional<Build> find(long appId, int number) {
        return database.jdbc()
                .sql("SELECT * FROM builds WHERE app_id = :app AND number = :number")
                .param("app", appId)
                .param("number", number)
                .query(ROW)
                .optional();
    }

    /// An app's builds with `number < before`, newest first.
    public List<Build> ofApp(long appId, int before, int limit) {
        return database.jdbc()
                .sql("SELECT * FROM builds WHERE app_id = :app AND number < :before ORDER BY number DESC LIMIT :limit")
                .param("app", appId)
                .param("before", before)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    public List<Build> find(Collection<Long> ids) {
        return database.jdbc()
                .sql("SELECT * FROM builds WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query(ROW)
                .list();
    }

    /// The newest build of each of these apps that has one.
    public List<Build> newest(Collection<Long> appIds) {
        return database.jdbc()
                .sql("SELECT b.* FROM unnest(:apps) a(id) CROSS JOIN LATERAL"
                        + " (SELECT * FROM builds WHERE app_id = a.id ORDER BY number DESC LIMIT 1) b")
                .param("apps", appIds.toArray(Long[]::new))
                .query(ROW)
                .list();
    }

    /// The newest build of an app's branch.
    public Optional<Build> newest(long appId, String branch) {
        return database.jdbc()
                .sql("SELECT * FROM builds WHERE app_id = :app AND branch = :branch ORDER BY number DESC LIMIT 1")
                .param("app", appId)
                .param("branch", branch)
                .query(ROW)
                .optional();
    }

    /// Queued and running builds of all apps in the order of the queue.
    public List<Build> open() {
        return database.jdbc()
                .sql("SELECT * FROM builds WHERE state IN ('QUEUED', 'RUNNING') ORDER BY id")
                .query(ROW)
                .list();
    }

    /// Running builds whose image is in the engine but not yet in the registry: the runtime may give them a
    /// head start.
    public List<Build> withLocalImage() {
        return database.jdbc()
                .sql("SELECT * FROM builds WHERE state = 'RUNNING' AND local_image IS NOT NULL ORDER BY id")
                .query(ROW)
                .list();
    }

    static String[] names(BuildState.Event event) {
        return BuildState.from(event).stream().map(Enum::name).toArray(String[]::new);
    }

    private static Build read(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        String file = row.getString("process_file");
        return new Build(
                row.getLong("id"),
                row.getLong("app_id"),
                row.getInt("number"),
                BuildCause.valueOf(row.getString("cause")),
                row.getString("branch"),
                new Commit(
                        new CommitId(row.getString("commit_id")),
                        row.getString("commit_author"),
                        row.getString("commit_message"),
                        row.getTimestamp("committed_at").toInstant()),
                row.getString("requested_by"),
                BuildState.valueOf(row.getString("state")),
                reason == null ? null : BuildReason.valueOf(reason),
                row.getString("message"),
                row.getObject("failed_line", Integer.class),
                row.getObject("exit_code", Integer.class),
                row.getInt("attempt"),
                row.getInt("failures"),
                row.getString("worker_id"),
                row.getString("cancel_requested_by"),
                row.getString("local_image"),
                row.getObject("exposed_port", Integer.class),
                file == null ? null : Json.read(file, ProcessFile.class),
                row.getBoolean("log_kept"),
                row.getTimestamp("queued_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
