package dev.slipway.db.source;

import dev.slipway.db.Database;
import dev.slipway.db.builds.CommitId;
import java.util.Optional;
import java.util.Set;

/// The last commit of each branch for which the platform decided whether to build. Written in the transaction
/// that queues the build.
public final class SeenHeads {
    private final Database database;

    public SeenHeads(Database database) {
        this.database = database;
    }

    /// A branch's head that was decided on.
    public record SeenHead(long appId, String branch, CommitId commit) {}

    /// Those of all apps, also of branches that they were built from once.
    public Set<SeenHead> all() {
        return database.jdbc()
                .sql("SELECT app_id, branch, commit_id FROM seen_heads")
                .query((row, n) -> new SeenHead(row.getLong(1), row.getString(2), new CommitId(row.getString(3))))
                .set();
    }

    public Optional<CommitId> find(long appId, String branch) {
        return database.jdbc()
                .sql("SELECT commit_id FROM seen_heads WHERE app_id = :app AND branch = :branch")
                .param("app", appId)
                .param("branch", branch)
                .query((row, n) -> new CommitId(row.getString(1)))
                .optional();
    }

    /// False when this head was already seen, in which case nobody should queue it again.
    public boolean see(long appId, String branch, CommitId commit) {
        return database.jdbc()
                        .sql("""
                     INSERT INTO seen_heads (app_id, branch, commit_id) VALUES (:app, :branch, :commit)
                     ON CONFLICT (app_id, branch) DO UPDATE SET commit_id = excluded.commit_id, seen_at = now()
                     WHERE seen_heads.commit_id <> excluded.commit_id""")
                        .param("app", appId)
                        .param("branch", branch)
                        .param("commit", commit.value())
                        .update()
                == 1;
    }

    /// So that the branch's head is built once more.
    public void forget(long appId, String branch) {
        database.jdbc()
                .sql("DELETE FROM seen_heads WHERE app_id = :app AND branch = :branch")
                .param("app", appId)
                .param("branch", branch)
                .update();
    }
}
