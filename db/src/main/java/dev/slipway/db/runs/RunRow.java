package dev.slipway.db.runs;

import dev.slipway.db.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// A row of the table `runs`, without its output.
final class RunRow {
    static final String COLUMNS = "id, app_id, release_id, kind, command, timeout_s, state, reason, message,"
            + " exit_code, requested_by, created_at, started_at, ended_at, schedule_id, cancel_requested_by";
    static final RowMapper<Run> MAPPER = (row, n) -> read(row);

    private RunRow() {}

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
                instant(row, "ended_at"),
                row.getObject("schedule_id", Long.class),
                row.getString("cancel_requested_by"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
