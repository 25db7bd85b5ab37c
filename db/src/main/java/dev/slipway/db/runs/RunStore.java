package dev.slipway.db.runs;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs and their guarded transitions. A transition returns false when somebody else moved the run first. A change
/// rings for the run's release.
public final class RunStore {
    /// How much of a run's output is kept: its end.
    public static final int MOST_OUTPUT = 64 << 10;

    private static final Ended NOTHING = new Ended(null, null, null, null);

    private final Database database;
    private final RunPruning pruning;

    public RunStore(Database database) {
        this.database = database;
        this.pruning = new RunPruning(database);
    }

    /// How a run failed.
    public record Failure(
            RunReason reason, String message, @Nullable Integer exitCode) {}

    /// A run to be made.
    public record NewRun(
            long appId,
            long releaseId,
            Run.Kind kind,
            List<String> command,
            int timeoutSeconds,
            String requestedBy,
            @Nullable Long scheduleId) {
        /// One that no schedule makes.
        public NewRun(
                long appId,
                long releaseId,
                Run.Kind kind,
                List<String> command,
                int timeoutSeconds,
                String requestedBy) {
            this(appId, releaseId, kind, command, timeoutSeconds, requestedBy, null);
        }
    }

    /// What is kept of a run that has ended.
    private record Ended(
            @Nullable RunReason reason,
            @Nullable String message,
            @Nullable Integer exitCode,
            @Nullable String output) {}

    /// Removes the oldest of the app's runs when there are too many. Joins the caller's transaction.
    public Run create(NewRun wish) {
        return database.inTransaction(() -> {
            Run run = database.jdbc()
                    .sql("INSERT INTO runs (app_id, release_id, kind, command, timeout_s, requested_by, schedule_id)"
                            + " VALUES (:app, :release, :kind, :command::jsonb, :timeout, :by, :schedule) RETURNING "
                            + RunRow.COLUMNS)
                    .param("app", wish.appId())
                    .param("release", wish.releaseId())
                    .param("kind", wish.kind().name())
                    .param("command", Json.write(wish.command()))
                    .param("timeout", wish.timeoutSeconds())
                    .param("by", wish.requestedBy())
                    .param("schedule", wish.scheduleId(), java.sql.Types.BIGINT)
                    .query(RunRow.MAPPER)
                    .single();
            pruning.prune(wish.appId());
            Bell.ring(database, Bell.Topic.RELEASE, wish.releaseId());
            return run;
        });
    }

    public boolean start(Run run) {
        return move(run, RunState.Event.START, NOTHING);
    }

    /// @param output its end; what is too much of it is cut off at the beginning
    public boolean succeed(Run run, String output) {
        return move(run, RunState.Event.SUCCEED, new Ended(null, null, 0, end(output)));
    }

    public boolean fail(Run run, Failure failure, String output) {
        return move(
                run,
                RunState.Event.FAIL,
                new Ended(failure.reason(), failure.message(), failure.exitCode(), end(output)));
    }

    /// It has ended because somebody wanted it to.
    public boolean cancelled(Run run, String message, @Nullable Integer exitCode, String output) {
        return move(run, RunState.Event.CANCEL, new Ended(null, message, exitCode, end(output)));
    }

    /// Asks for its end; false when it has ended, or that was asked for before. Joins the caller's transaction.
    public boolean requestCancel(Run run, String by) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("UPDATE runs SET cancel_requested_by = :by"
                            + " WHERE id = :id AND state = ANY(:from) AND cancel_requested_by IS NULL")
                    .param("by", by)
                    .param("id", run.id())
                    .param("from", names(RunState.Event.CANCEL))
                    .update();
            Bell.ring(database, Bell.Topic.RELEASE, run.releaseId());
            return rows == 1;
        });
    }

    /// Ends what is open of a release that has ended.
    public void cancel(long releaseId) {
        database.jdbc()
                .sql("UPDATE runs SET state = 'CANCELLED', ended_at = now()"
                        + " WHERE release_id = :release AND kind = 'RELEASE' AND state = ANY(:from)")
                .param("release", releaseId)
                .param("from", names(RunState.Event.CANCEL))
                .update();
    }

    /// Ends what is open of an app that is being deleted; the runtime tier ends release commands with their releases.
    public void cancelAll(long appId) {
        database.jdbc()
                .sql("UPDATE runs SET state = 'CANCELLED', message = 'The app was deleted.', ended_at = now()"
                        + " WHERE app_id = :app AND kind <> 'RELEASE' AND state = ANY(:from)")
                .param("app", appId)
                .param("from", names(RunState.Event.CANCEL))
                .update();
    }

    private boolean move(Run run, RunState.Event event, Ended end) {
        RunState next = RunState.from(event).iterator().next().on(event).orElseThrow();
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("""
                         UPDATE runs SET state = :state, reason = :reason, message = :message, exit_code = :exit, output = :output,
                           started_at = CASE WHEN :state = 'RUNNING' THEN now() ELSE started_at END,
                           ended_at = CASE WHEN :state <> 'RUNNING' THEN now() END
                         WHERE id = :id AND state = ANY(:from)""")
                    .param("state", next.name())
                    .param("reason", end.reason() == null ? null : end.reason().name())
                    .param("message", end.message())
                    .param("exit", end.exitCode())
                    .param("output", end.output())
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
                .sql("SELECT " + RunRow.COLUMNS + " FROM runs WHERE release_id = ANY(:ids) AND kind = 'RELEASE'")
                .param("ids", releaseIds.toArray(Long[]::new))
                .query(RunRow.MAPPER)
                .list();
    }

    /// What hasn't ended of all apps, but release commands: what the runtime tier has to look after.
    public List<Run> open() {
        return database.jdbc()
                .sql("SELECT " + RunRow.COLUMNS
                        + " FROM runs WHERE state IN ('QUEUED', 'RUNNING') AND kind <> 'RELEASE' ORDER BY id")
                .query(RunRow.MAPPER)
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
}
