package dev.slipway.db.domains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.time.Duration;
import java.util.Optional;

/// Our accounts at certificate authorities, and what the front door answers to their challenges.
public final class AcmeStore {
    /// What account keys are encrypted for (PKCS #8 in Base64).
    public static final String KEY_PURPOSE = "acme account";

    private final Database database;

    public AcmeStore(Database database) {
        this.database = database;
    }

    /// The encrypted key of our account there.
    public Optional<byte[]> accountKey(String directory) {
        return database.jdbc()
                .sql("SELECT account_key FROM acme_accounts WHERE directory = :directory")
                .param("directory", directory)
                .query(byte[].class)
                .optional();
    }

    /// Keeps a new account's key, unless somebody else was first; returns the one that is kept.
    public byte[] keepAccountKey(String directory, byte[] sealed) {
        database.jdbc()
                .sql(
                        "INSERT INTO acme_accounts (directory, account_key) VALUES (:directory, :key) ON CONFLICT DO NOTHING")
                .param("directory", directory)
                .param("key", sealed)
                .update();
        return accountKey(directory).orElseThrow();
    }

    /// From now on the front door answers so (RFC 8555, 8.3), for at most so long.
    public void answer(String token, String answer, Duration most) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("DELETE FROM acme_challenges WHERE expires_at < now()")
                    .update();
            database.jdbc()
                    .sql("""
                         INSERT INTO acme_challenges (token, answer, expires_at) VALUES (:token, :answer, now() + :seconds * interval '1 second')
                         ON CONFLICT (token) DO UPDATE SET answer = excluded.answer, expires_at = excluded.expires_at""")
                    .param("token", token)
                    .param("answer", answer)
                    .param("seconds", most.toSeconds())
                    .update();
            Bell.ring(database, Bell.Topic.APP, 0);
        });
    }

    public void forgetAnswer(String token) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("DELETE FROM acme_challenges WHERE token = :token")
                    .param("token", token)
                    .update();
            Bell.ring(database, Bell.Topic.APP, 0);
        });
    }
}
