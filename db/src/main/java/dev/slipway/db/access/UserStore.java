package dev.slipway.db.access;

import dev.slipway.db.Database;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;

/// Users.
public final class UserStore {
    private static final RowMapper<User> ROW =
            (row, n) -> new User(row.getLong("id"), row.getString("name"), row.getString("password_hash"));

    private final Database database;

    public UserStore(Database database) {
        this.database = database;
    }

    /// False when the name exists already (which changes nothing).
    public boolean createIfAbsent(String name, String passwordHash) {
        return database.jdbc()
                        .sql(
                                "INSERT INTO users (name, password_hash) VALUES (:name, :hash) ON CONFLICT (name) DO NOTHING")
                        .param("name", name)
                        .param("hash", passwordHash)
                        .update()
                == 1;
    }

    public void setPassword(long id, String passwordHash) {
        database.jdbc()
                .sql("UPDATE users SET password_hash = :hash WHERE id = :id")
                .param("hash", passwordHash)
                .param("id", id)
                .update();
    }

    public Optional<User> find(String name) {
        return database.jdbc()
                .sql("SELECT * FROM users WHERE name = :name")
                .param("name", name)
                .query(ROW)
                .optional();
    }

    public Optional<User> find(long id) {
        return database.jdbc()
                .sql("SELECT * FROM users WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }
}
