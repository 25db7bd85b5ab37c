package dev.slipway.db.runs;

import dev.slipway.db.Database;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks for runs. Release commands are found with their releases, by [RunStore#ofReleases], and here by id alone.
public final class RunHistory {
    private final Database database;

    public RunHistory(Database database) {
        this.database = database;
    }

    public Optional<Run> find(long appId, long id) {
        return database.jdbc()
                .sql("SELECT " + RunRow.COLUMNS + " FROM runs WHERE app_id = :app AND id = :id")
                .param("app", appId)
                .param("id", id)
                .query(RunRow.MAPPER)
                .optional();
    }

    /// An app's runs with `id < before`, newest first.
    ///
    /// @param scheduleId only those of this schedule; null: all
    public List<Run> ofApp(long appId, @Nullable Long scheduleId, long before, int limit) {
        return database.jdbc()
                .sql("SELECT " + RunRow.COLUMNS
                        + " FROM runs WHERE app_id = :app AND kind <> 'RELEASE' AND id < :before"
                        + " AND (:schedule IS NULL OR schedule_id = :schedule) ORDER BY id DESC LIMIT :limit")
                .param("app", appId)
                .param("before", before)
                .param("schedule", scheduleId, java.sql.Types.BIGINT)
                .param("limit", limit)
                .query(RunRow.MAPPER)
                .list();
    }

    /// What an app has queued or running, but release commands, the oldest first.
    public List<Run> open(long appId) {
        return database.jdbc()
                .sql("SELECT " + RunRow.COLUMNS + " FROM runs WHERE app_id = :app AND state IN ('QUEUED', 'RUNNING')"
                        + " AND kind <> 'RELEASE' ORDER BY id")
                .param("app", appId)
                .query(RunRow.MAPPER)
                .list();
    }

    /// By schedule: its last run that ended by itself.
    public Map<Long, Run> lastEnded(Collection<Long> scheduleIds) {
        return database
                .jdbc()
                .sql(
                        "SELECT " + RunRow.COLUMNS
                                + " FROM unnest(:ids) s(schedule) CROSS JOIN LATERAL (SELECT * FROM runs"
                                + " WHERE schedule_id = s.schedule AND state IN ('SUCCEEDED', 'FAILED') ORDER BY id DESC LIMIT 1) r")
                .param("ids", scheduleIds.toArray(Long[]::new))
                .query(RunRow.MAPPER)
                .list()
                .stream()
                .collect(Collectors.toMap(run -> run.scheduleId() == null ? 0 : run.scheduleId(), run -> run));
    }
}
