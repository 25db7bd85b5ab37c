package dev.slipway.db.builds;

import dev.slipway.db.Database;

/// Deletes what builds wrote, when it is old. The builds themselves stay, as the history of their app.
public final class LogPruning {
    /// An app's newest builds that keep theirs: weeks of pushes can be looked through, and as an attempt may write
    /// 20 MiB, a talkative app takes some 2 GB of the database.
    public static final int KEPT = 100;

    private final Database database;

    public LogPruning(Database database) {
        this.database = database;
    }

    /// Of an app whose build has ended, and of all deleted apps. As long as an image is in the registry, so that
    /// it may run again, the log of the last build that made it is kept.
    public void prune(long appId) {
        database.jdbc().sql("""
                     WITH old AS (
                       UPDATE builds b SET log_kept = false FROM apps a
                       WHERE a.id = b.app_id AND b.log_kept AND b.state NOT IN ('QUEUED', 'RUNNING')
                         AND (a.deleted_at IS NOT NULL OR (a.id = :app AND b.number <= a.last_build - :kept AND NOT EXISTS (
                           SELECT FROM images i JOIN registry_manifests m ON m.repository = a.name AND m.digest = i.digest
                           WHERE i.build_id = b.id AND NOT EXISTS (
                             SELECT FROM images n WHERE n.app_id = i.app_id AND n.digest = i.digest AND n.version > i.version))))
                       RETURNING b.id),
                     steps AS (DELETE FROM build_steps WHERE build_id IN (SELECT id FROM old))
                     DELETE FROM build_log WHERE build_id IN (SELECT id FROM old)""").param("app", appId).param("kept", KEPT).update();
    }
}
