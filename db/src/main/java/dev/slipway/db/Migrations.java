package dev.slipway.db;

import java.time.Duration;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;

/// The schema's history. platform-server migrates; the other programs wait until the schema is the one they
/// were built for.
public final class Migrations {
    /// The newest migration in this build.
    public static final String VERSION = "19";

    private Migrations() {}

    /// Brings the schema to [#VERSION]. Safe to call from several programs at once (Flyway locks).
    public static void migrate(Database database) {
        if (isMigrated(database)) {
            return; // the usual start, and Flyway needn't be loaded for it
        }
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.dataSource())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /// Waits until another program has migrated the schema, asking again every 200 ms.
    ///
    /// @throws IllegalStateException after `patience`
    public static void awaitMigrated(Database database, Duration patience) throws InterruptedException {
        Instant deadline = Instant.now().plus(patience);
        while (!isMigrated(database)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the database wasn't migrated to version " + VERSION + " within "
                        + patience.toSeconds() + " s: is platform-server running?");
            }
            Thread.sleep(200);
        }
    }

    private static boolean isMigrated(Database database) {
        try {
            return database.jdbc()
                            .sql("SELECT count(*) FROM flyway_schema_history WHERE version = :version AND success")
                            .param("version", VERSION)
                            .query(Long.class)
                            .single()
                    > 0;
        } catch (DataAccessException e) {
            if (DatabaseIdentity.isWrong(e)) {
                throw new IllegalStateException(DatabaseIdentity.ANOTHER, e);
            }
            return false; // not there yet
        }
    }
}
