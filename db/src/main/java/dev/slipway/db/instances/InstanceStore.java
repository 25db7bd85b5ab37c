package dev.slipway.db.instances;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Instances as the runtime tier reports them. Written by the runtime only; the engine is the truth, this is
/// its picture.
public final class InstanceStore {
    private static final RowMapper<Instance> ROW = (row, n) -> new Instance(
            row.getString("id"),
            row.getLong("app_id"),
            row.getObject("release_id", Long.class),
            row.getObject("build_id", Long.class),
            Instance.State.valueOf(row.getString("state")),
            row.getString("reason"),
            row.getString("message"),
            row.getString("container_id"),
            row.getString("address"),
            row.getObject("port", Integer.class),
            row.getTimestamp("created_at").toInstant(),
            instant(row.getTimestamp("healthy_at")),
            instant(row.getTimestamp("stopped_at")),
            row.getString("process"),
            restart(row.getInt("failures"), row.getTimestamp("restart_at")));

    /// Of an app, that are kept.
    private static final int MOST_ENDED = 500;

    private final Database database;

    public InstanceStore(Database database) {
        this.database = database;
    }

    /// Writes the whole row, new or known; `createdAt` of a known one stays.
    public void save(Instance instance) {
        Instance.Restart restart = instance.restart();
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("""
                         INSERT INTO instances (id, app_id, release_id, build_id, state, reason, message, container_id, address, port,
                                                created_at, healthy_at, stopped_at, process, failures, restart_at)
                         VALUES (:id, :app, :release, :build, :state, :reason, :message, :container, :address, :port, :created, :healthy, :stopped,
                                 :process, :failures, :restart)
                         ON CONFLICT (id) DO UPDATE SET release_id = excluded.release_id, state = excluded.state, reason = excluded.reason,
                           message = excluded.message, container_id = excluded.container_id, address = excluded.address, port = excluded.port,
                           healthy_at = excluded.healthy_at, stopped_at = excluded.stopped_at,
                           failures = excluded.failures, restart_at = excluded.restart_at""")
                    .param("id", instance.id())
                    .param("app", instance.appId())
                    .param("release", instance.releaseId())
                    .param("build", instance.buildId())
                    .param("state", instance.state().name())
                    .param("reason", instance.reason())
                    .param("message", instance.message())
                    .param("container", instance.containerId())
                    .param("address", instance.address())
                    .param("port", instance.port())
                    .param("created", Timestamp.from(instance.createdAt()))
                    .param("healthy", timestamp(instance.healthyAt()))
                    .param("stopped", timestamp(instance.stoppedAt()))
                    .param("process", instance.process())
                    .param("failures", restart == null ? 0 : restart.failures())
                    .param("restart", timestamp(restart == null ? null : restart.at()))
                    .update();
            if (instance.stoppedAt() != null) {
                forgetOldest(instance.appId());
            }
            Bell.ring(database, Bell.Topic.INSTANCE, instance.appId());
        });
    }

    private void forgetOldest(long appId) {
        database.jdbc().sql("""
                     DELETE FROM instances WHERE id IN (SELECT id FROM instances WHERE app_id = :app AND stopped_at IS NOT NULL
                                                        ORDER BY created_at DESC OFFSET :kept)""").param("app", appId).param("kept", MOST_ENDED).update();
    }

    /// An app's instances that haven't ended, and the newest that have, newest first.
    public List<Instance> ofApp(long appId, int limit) {
        return database.jdbc()
                .sql(
                        "SELECT * FROM instances WHERE app_id = :app ORDER BY stopped_at IS NULL DESC, created_at DESC LIMIT :limit")
                .param("app", appId)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    public List<Instance> ofRelease(long releaseId) {
        return database.jdbc()
                .sql("SELECT * FROM instances WHERE release_id = :id ORDER BY created_at")
                .param("id", releaseId)
                .query(ROW)
                .list();
    }

    /// Of the releases of which an instance may have requests: whether one of them passes its health check.
    public Map<Long, Boolean> servingReleases(Collection<Long> releaseIds) {
        return database
                .jdbc()
                .sql("""
                     SELECT release_id, bool_or(state = 'SERVING') AS healthy FROM instances
                     WHERE release_id = ANY(:ids) AND state IN ('SERVING', 'UNHEALTHY') GROUP BY release_id""")
                .param("ids", releaseIds.toArray(Long[]::new))
                .query((row, n) -> Map.entry(row.getLong("release_id"), row.getBoolean("healthy")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Those of the releases whose newest instance of web failed.
    public Set<Long> failedLast(Collection<Long> releaseIds) {
        return releaseIds.isEmpty()
                ? Set.of()
                : Set.copyOf(database.jdbc()
                        .sql("""
                             SELECT release_id FROM (
                               SELECT DISTINCT ON (release_id) release_id, state FROM instances
                               WHERE release_id = ANY(:ids) AND process = 'web' ORDER BY release_id, created_at DESC) newest
                             WHERE state = 'FAILED'""")
                        .param("ids", releaseIds.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    /// All that haven't ended.
    public List<Instance> running() {
        return database.jdbc()
                .sql("SELECT * FROM instances WHERE state NOT IN ('STOPPED', 'FAILED')")
                .query(ROW)
                .list();
    }

    private static Instance.@Nullable Restart restart(int failures, @Nullable Timestamp at) {
        return at == null ? null : new Instance.Restart(failures, at.toInstant());
    }

    private static java.time.@Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Timestamp timestamp(java.time.@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }
}
