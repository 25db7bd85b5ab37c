package dev.slipway.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whether a database of one's own can be used, for the launcher to ask before it starts anything.
public final class DatabaseCheck {
    private static final int OLDEST = 15;
    private static final String PATIENCE_SECONDS = "10";

    private DatabaseCheck() {}

    /// Prints what is wrong with the database that the environment names and exits with 1, or prints nothing.
    public static void main(String[] arguments) {
        Path home = Path.of(System.getenv("SLIPWAY_HOME"));
        trouble(DatabaseSettings.fromEnvironment(System.getenv()).of(home)).ifPresent(sentence -> {
            System.out.println(sentence);
            System.exit(1);
        });
    }

    /// A sentence for the person who set it up; empty when all is well.
    static Optional<String> trouble(DatabaseSettings settings) {
        if (!settings.url().startsWith("jdbc:postgresql:")) {
            return Optional.of("SLIPWAY_DB_URL must look like jdbc:postgresql://host:5432/database");
        }
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("loginTimeout", PATIENCE_SECONDS);
        properties.setProperty("connectTimeout", PATIENCE_SECONDS);
        properties.setProperty("socketTimeout", PATIENCE_SECONDS);
        try (Connection connection = DriverManager.getConnection(settings.url(), properties)) {
            Optional<String> unusable = trouble(connection, settings.user());
            return unusable.isPresent() ? unusable : another(connection, settings.identity());
        } catch (SQLException e) {
            return Optional.of(
                    "PostgreSQL says: " + String.valueOf(e.getMessage()).strip());
        }
    }

    private static Optional<String> another(Connection connection, @Nullable UUID identity) throws SQLException {
        if (identity == null) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(DatabaseIdentity.proof(identity));
            return Optional.empty();
        } catch (SQLException e) {
            if (DatabaseIdentity.isWrong(e)) {
                return Optional.of(DatabaseIdentity.ANOTHER);
            }
            throw e;
        }
    }

    private static Optional<String> trouble(Connection connection, String user) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            return Optional.of("It is PostgreSQL " + version + "; Slipway needs " + OLDEST + " or newer.");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_database(), coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")) {
            row.next();
            if (!row.getBoolean(2)) {
                return Optional.of("The user " + user + " may not create tables in the database " + row.getString(1)
                        + ": make it the owner (ALTER DATABASE … OWNER TO …).");
            }
        }
        return Optional.empty();
    }
}
