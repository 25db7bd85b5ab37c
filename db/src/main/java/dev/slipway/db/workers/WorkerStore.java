package dev.slipway.db.workers;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which workers are there and what they build.
public final class WorkerStore {
    /// A worker not seen for so long is taken for dead.
    public static final Duration ALIVE = Duration.ofSeconds(30);

    private final Database database;

    public WorkerStore(Database database) {
        this.database = database;
    }

    public void register(String id, long pid, String host) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("""
                         INSERT INTO workers (id, pid, host) VALUES (:id, :pid, :host)
                         ON CONFLICT (id) DO UPDATE SET pid = excluded.pid, host = excluded.host, started_at = now(), seen_at = now(), build_id = NULL""")
                    .param("id", id)
                    .param("pid", pid)
                    .param("host", host)
                    .update();
            Bell.ring(database, Bell.Topic.WORKER, 0);
        });
    }

    /// Says that the worker lives, and what it builds (null: it waits).
    public void seen(String id, @Nullable Long buildId) {
        database.inTransaction(() -> {
            int changed = database.jdbc()
                    .sql(
                            "UPDATE workers w SET seen_at = now(), build_id = :build FROM workers old WHERE w.id = :id AND old.id = w.id"
                                    + " AND old.build_id IS DISTINCT FROM :build")
                    .param("id", id)
                    .param("build", buildId, java.sql.Types.BIGINT)
                    .update();
            if (changed == 1) {
                Bell.ring(database, Bell.Topic.WORKER, 0);
            } else {
                database.jdbc()
                        .sql("UPDATE workers SET seen_at = now() WHERE id = :id")
                        .param("id", id)
                        .update();
            }
        });
    }

    public void leave(String id) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("DELETE FROM workers WHERE id = :id")
                    .param("id", id)
                    .update();
            Bell.ring(database, Bell.Topic.WORKER, 0);
        });
    }

    public List<Worker> alive() {
        return database.jdbc()
                .sql("SELECT * FROM workers WHERE seen_at > now() - :alive * interval '1 second' ORDER BY id")
                .param("alive", ALIVE.toSeconds())
                .query((row, n) -> new Worker(
                        row.getString("id"),
                        row.getLong("pid"),
                        row.getString("host"),
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant(),
                        row.getObject("build_id", Long.class)))
                .list();
    }
}
