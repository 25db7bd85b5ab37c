package dev.slipway.db.runs;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Runs and their guarded transitions. A transition returns false when somebody else moved the run first. A change
/// rings for the run's release.
public final class RunStore {
    /// How much of a run's output is kept: its end.
    public static final int MOST_OUTPUT = 64 << 10;

    private static final RowMapper<Run> ROW = (row, n) -> read(row);
    private static final String COLUMNS = "id, app_id, release_id, kind, command, timeout_s, state, reason, message,"
            + " exit_code, requested_by, created_at, started_at, ended_at";

    private final Database database;

    public RunStore(Database database) {
        this.database = database;
    }

    /// How a run failed.
    public record Failure(
            RunReason reason, String message, @Nullable Integer exitCode) {}

    /// A run to be made.
    public record NewRun(
            long appId, long releaseId, Run.Kind kind, List<String> command, int timeoutSeconds, String requestedBy) {}

    /// Joins the caller's transaction.
    public Run create(NewRun wish) {
        return database.inTransaction(() -> {
            Run run = database.jdbc()
                    .sql("INSERT INTO runs (app_id, release_id, kind, command, timeout_s, requested_by)"
                            + " VALUES (:app, :release, :kind, :command::jsonb, :timeout, :by) RETURNING " + COLUMNS)
                    .param("app", wish.appId())
                    .param("release", wish.releaseId())
                    .param("kind", wish.kind().name())
                    .param("command", Json.write(wish.command()))
                    .param("timeout", wish.timeoutSeconds())
                    .param("by", wish.requestedBy())
                    .query(ROW)
                    .single();
            Bell.ring(database, Bell.Topic.RELEASE, wish.releaseId());
            return run;
        });
    }

    public boolean start(Run run) {
        return move(run, RunState.Event.START, null, null);
    }

    /// @param output its end; what is too much of it is cut off at the beginning
    public boolean succeed(Run run, String output) {
        return move(run, RunState.Event.SUCCEED, null, output);
    }

    public boolean fail(Run run, Failure failure, String output) {
        return move(run, RunState.Event.FAIL, failure, output);
    }

    /// Ends what is open of a release that has ended.
    public void cancel(long releaseId) {
        database.jdbc()
                .sql(
                        "UPDATE runs SET state = 'CANCELLED', ended_at = now() WHERE release_id = :release AND state = ANY(:from)")
                .param("release", releaseId)
                .param("from", names(RunState.Event.CANCEL))
                .update();
    }

    private boolean move(Run run, RunState.Event event, @Nullable Failure failure, @Nullable String output) {
        RunState next = RunState.from(event).iterator().next().on(event).orElseThrow();
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("""
                         UPDATE runs SET state = :state, reason = :reason, message = :message, exit_code = :exit, output = :output,
                           started_at = CASE WHEN :state = 'RUNNING' THEN now() ELSE started_at END,
                           ended_at = CASE WHEN :state IN ('SUCCEEDED', 'FAILED') THEN now() END
                         WHERE id = :id AND state = ANY(:from)""")
                    .param("state", next.name())
                    .param("reason", failure == null ? null : failure.reason().name())
                    .param("message", failure == null ? null : failure.message())
                    .param("exit", failure == null ? (next == RunState.SUCCEEDED ? 0 : null) : failure.exitCode())
                    .param("output", output == null ? null : end(output))
                    .param("id", run.id())
                    .param("from", names(event))
                    .update();
            Bell.ring(database, Bell.Topic.RELEASE, run.releaseId());
            return rows == 1;
        });
    }

    /// PostgreSQL's text takes no NUL.
    private static String end(String output) {
        String clean = output.replace("\0", "");
        return clean.length() <= MOST_OUTPUT ? clean : clean.substring(clean.length() - MOST_OUTPUT);
    }

    private static String[] names(RunState.Event event) {
        return RunState.from(event).stream().map(Enum::name).toArray(String[]::new);
    }

    /// The release command's runs of these releases, as far as they have one.
    public List<Run> ofReleases(Collection<Long> releaseIds) {
        return database.jdbc()
                .sql("SELECT " + COLUMNS + " FROM runs WHERE release_id = ANY(:ids) AND kind = 'RELEASE'")
                .param("ids", releaseIds.toArray(Long[]::new))
                .query(ROW)
                .list();
    }

    /// The end of a run's output; empty until it has ended.
    public Optional<String> output(long id) {
        return database.jdbc()
                .sql("SELECT output FROM runs WHERE id = :id")
                .param("id", id)
                .query((row, n) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(output -> output);
    }

    @SuppressWarnings("unchecked")
    private static Run read(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Run(
                row.getLong("id"),
                row.getLong("app_id"),
                row.getLong("release_id"),
                Run.Kind.valueOf(row.getString("kind")),
                Json.read(row.getString("command"), List.class),
                row.getInt("timeout_s"),
                RunState.valueOf(row.getString("state")),
                reason == null ? null : RunReason.valueOf(reason),
                row.getString("message"),
                row.getObject("exit_code", Integer.class),
                row.getString("requested_by"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
