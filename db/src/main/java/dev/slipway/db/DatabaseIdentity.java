package dev.slipway.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which database a home belongs to: the one that its platform-server migrated first.
///
/// By the tables of another one, an empty one for instance, all that runs would be unknown, and what is unknown is
/// removed. So each connection of a program of that home asks first whether it leads to the right one, and isn't used
/// otherwise.
public final class DatabaseIdentity {
    private static final String FILE = "database";
    /// An SQLSTATE of a class that neither the standard nor PostgreSQL uses.
    private static final String STATE = "SW001";
    static final String ANOTHER = "it isn't the database that this home belongs to, and by its tables all apps that run"
            + " would be unknown, and removed. Set SLIPWAY_DB_URL as it was; if this database really takes the other"
            + " one's place, remove the file \"database\" from the home first";

    private DatabaseIdentity() {}

    /// What the home remembers; null when it belongs to no database yet.
    ///
    /// @throws UncheckedIOException when that can't be read
    static @Nullable UUID of(Path home) {
        try {
            return UUID.fromString(Files.readString(home.resolve(FILE)).strip());
        } catch (NoSuchFileException notYet) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(home.resolve(FILE) + " should hold the id of a database", e);
        }
    }

    /// From now on the home belongs to this database, unless it belongs to one already.
    ///
    /// @throws UncheckedIOException when that can't be written
    public static void remember(Database database, Path home) {
        if (of(home) != null) {
            return;
        }
        UUID id = database.jdbc()
                .sql("SELECT id FROM database_identity")
                .query(UUID.class)
                .single();
        try {
            Path written = Files.writeString(home.resolve(FILE + ".new"), id + "\n");
            Files.move(written, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A statement that fails in any other database.
    static String proof(UUID id) {
        return """
                DO $$ BEGIN
                  IF to_regclass('database_identity') IS NOT NULL THEN
                    IF EXISTS (SELECT FROM database_identity WHERE id = '%s') THEN
                      RETURN;
                    END IF;
                  END IF;
                  RAISE EXCEPTION 'another database' USING ERRCODE = '%s';
                END $$""".formatted(id, STATE);
    }

    /// Why there is no connection: the sentence above if it is that, the failure's own words otherwise.
    public static String reason(Exception failure) {
        return isWrong(failure) ? ANOTHER : String.valueOf(failure.getMessage());
    }

    static boolean isWrong(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && STATE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
