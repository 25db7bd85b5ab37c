package dev.slipway.db.domains;

import dev.slipway.db.Database;
import java.util.Map;
import java.util.TreeMap;

/// What the front door reads: the number of the last change, and what only it needs.
public final class FrontStore {
    private final Database database;

    public FrontStore(Database database) {
        this.database = database;
    }

    /// Read it before the rest: what changes in between is then read again.
    public long revision() {
        return database.jdbc()
                .sql("SELECT number FROM front_revision")
                .query(Long.class)
                .single();
    }

    /// Names of apps by their ids.
    public Map<Long, String> appNames() {
        Map<Long, String> names = new TreeMap<>();
        database.jdbc()
                .sql("SELECT id, name FROM apps WHERE deleted_at IS NULL")
                .query((row, n) -> names.put(row.getLong(1), row.getString(2)))
                .list();
        return names;
    }

    /// Answers to authorities' challenges, by token.
    public Map<String, String> challenges() {
        Map<String, String> answers = new TreeMap<>();
        database.jdbc()
                .sql("SELECT token, answer FROM acme_challenges WHERE expires_at > now()")
                .query((row, n) -> answers.put(row.getString(1), row.getString(2)))
                .list();
        return answers;
    }
}
