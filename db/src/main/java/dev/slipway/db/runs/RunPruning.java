package dev.slipway.db.runs;

import dev.slipway.db.Database;

/// What goes when there is too much of it. A schedule's runs don't push out those of others. What was a release's
/// command is part of the release's history, so of those only outputs go.
final class RunPruning {
    /// Ended runs that are kept of each schedule, and of an app without a schedule.
    static final int KEPT = 100;
    /// Outputs of release commands that are kept of an app.
    static final int KEPT_RELEASE_OUTPUTS = 20;

    private final Database database;

    RunPruning(Database database) {
        this.database = database;
    }

    /// Joins the caller's transaction.
    void prune(long appId) {
        database.jdbc().sql("""
                     DELETE FROM runs WHERE id IN (
                       SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY schedule_id ORDER BY id DESC) AS place
                         FROM runs WHERE app_id = :app AND kind <> 'RELEASE' AND state NOT IN ('QUEUED', 'RUNNING')) old
                       WHERE place > :kept)""").param("app", appId).param("kept", KEPT).update();
        database.jdbc()
                .sql("""
                     UPDATE runs SET output = NULL WHERE id IN (
                       SELECT id FROM runs WHERE app_id = :app AND kind = 'RELEASE' AND output IS NOT NULL
                       ORDER BY id DESC OFFSET :kept)""")
                .param("app", appId)
                .param("kept", KEPT_RELEASE_OUTPUTS)
                .update();
    }
}
