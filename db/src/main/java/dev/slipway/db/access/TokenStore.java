package dev.slipway.db.access;

import dev.slipway.db.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Tokens by the SHA-256 of their secret (they are random, so no salt or slow hash is needed).
public final class TokenStore {
    private static final RowMapper<Token> ROW = (row, n) -> new Token(
            row.getLong("id"),
            row.getLong("user_id"),
            row.getString("name"),
            row.getString("hint"),
            row.getTimestamp("created_at").toInstant(),
            instant(row.getTimestamp("expires_at")),
            instant(row.getTimestamp("last_used_at")));

    private final Database database;

    public TokenStore(Database database) {
        this.database = database;
    }

    public Token create(long userId, String name, byte[] hash, String hint, @Nullable Instant expiresAt) {
        return database.jdbc()
                .sql(
                        "INSERT INTO tokens (user_id, name, hash, hint, expires_at) VALUES (:user, :name, :hash, :hint, :expires) RETURNING *")
                .param("user", userId)
                .param("name", name)
                .param("hash", hash)
                .param("hint", hint)
                .param("expires", expiresAt == null ? null : Timestamp.from(expiresAt))
                .query(ROW)
                .single();
    }

    /// Also finds expired ones: the caller tells "expired" from "unknown".
    public Optional<Token> find(byte[] hash) {
        return database.jdbc()
                .sql("SELECT * FROM tokens WHERE hash = :hash")
                .param("hash", hash)
                .query(ROW)
                .optional();
    }

    /// Notes the use, at most once a minute.
    public void used(long id) {
        database.jdbc()
                .sql(
                        "UPDATE tokens SET last_used_at = now() WHERE id = :id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')")
                .param("id", id)
                .update();
    }

    public List<Token> ofUser(long userId) {
        return database.jdbc()
                .sql("SELECT * FROM tokens WHERE user_id = :user ORDER BY id DESC")
                .param("user", userId)
                .query(ROW)
                .list();
    }

    public boolean revoke(long userId, long id) {
        return database.jdbc()
                        .sql("DELETE FROM tokens WHERE id = :id AND user_id = :user")
                        .param("id", id)
                        .param("user", userId)
                        .update()
                == 1;
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
