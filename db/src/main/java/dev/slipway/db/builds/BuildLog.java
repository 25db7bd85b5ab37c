package dev.slipway.db.builds;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Steps and log lines of builds, written under a claim and read by anyone.
public final class BuildLog {
    private final Database database;

    public BuildLog(Database database) {
        this.database = database;
    }

    /// Appends lines (without line ends; secrets already masked). Returns false, having written nothing, when
    /// the lease was lost.
    public boolean append(BuildQueue.Claim claim, int firstLine, List<String> lines) {
        if (lines.isEmpty()) {
            return true;
        }
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql(
                            "INSERT INTO build_log (build_id, attempt, first_line, lines, content)"
                                    + " SELECT id, attempt, :first, :lines, :content FROM builds WHERE id = :id AND attempt = :attempt AND state = 'RUNNING'")
                    .param("first", firstLine)
                    .param("lines", lines.size())
                    .param("content", String.join("\n", lines).replace('\0', '\uFFFD'))
                    .param("id", claim.build().id())
                    .param("attempt", claim.attempt())
                    .update();
            Bell.ring(database, Bell.Topic.LOG, claim.build().id());
            return rows == 1;
        });
    }

    /// Chunks of an attempt with lines at or after `fromLine`, at most `limit` chunks, in order. The first may
    /// begin before `fromLine`.
    public List<LogChunk> read(long buildId, int attempt, int fromLine, int limit) {
        return database.jdbc()
                .sql("""
                     SELECT attempt, first_line, content FROM build_log
                     WHERE build_id = :id AND attempt = :attempt AND first_line + lines > :from ORDER BY first_line LIMIT :limit""")
                .param("id", buildId)
                .param("attempt", attempt)
                .param("from", fromLine)
                .param("limit", limit)
                .query((row, n) -> new LogChunk(
                        row.getInt(1),
                        row.getInt(2),
                        Arrays.asList(row.getString(3).split("\n", -1))))
                .list();
    }

    /// How many lines an attempt has so far.
    public int lineCount(long buildId, int attempt) {
        return database.jdbc()
                .sql(
                        "SELECT coalesce(max(first_line + lines), 0) FROM build_log WHERE build_id = :id AND attempt = :attempt")
                .param("id", buildId)
                .param("attempt", attempt)
                .query(Integer.class)
                .single();
    }

    /// Records a step or how it went on. False when the lease was lost.
    public boolean step(BuildQueue.Claim claim, BuildStep step) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("""
                         INSERT INTO build_steps (build_id, attempt, number, name, state, started_at, duration_ms)
                         SELECT id, attempt, :number, :name, :state, :started, :duration FROM builds
                         WHERE id = :id AND attempt = :attempt AND state = 'RUNNING'
                         ON CONFLICT (build_id, attempt, number) DO UPDATE SET state = excluded.state, duration_ms = excluded.duration_ms""")
                    .param("id", claim.build().id())
                    .param("attempt", claim.attempt())
                    .param("number", step.number())
                    .param("name", step.name())
                    .param("state", step.state().name())
                    .param("started", java.sql.Timestamp.from(step.startedAt()))
                    .param("duration", step.durationMillis())
                    .update();
            Bell.ring(database, Bell.Topic.LOG, claim.build().id());
            return rows == 1;
        });
    }

    public List<BuildStep> steps(long buildId, int attempt) {
        return database.jdbc()
                .sql("SELECT * FROM build_steps WHERE build_id = :id AND attempt = :attempt ORDER BY number")
                .param("id", buildId)
                .param("attempt", attempt)
                .query((row, n) -> new BuildStep(
                        row.getInt("number"),
                        row.getString("name"),
                        BuildStep.State.valueOf(row.getString("state")),
                        row.getTimestamp("started_at").toInstant(),
                        Optional.ofNullable(row.getObject("duration_ms", Long.class))
                                .orElse(null)))
                .list();
    }
}
