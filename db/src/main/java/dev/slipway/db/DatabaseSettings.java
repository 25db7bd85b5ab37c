package dev.slipway.db;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the database is. `url` is a JDBC URL.
///
/// @param identity which one it must be; null when any will do
public record DatabaseSettings(
        String url, String user, String password, @Nullable UUID identity) {

    /// Of any database.
    public DatabaseSettings(String url, String user, String password) {
        this(url, user, password, null);
    }

    /// From `SLIPWAY_DB_URL`, `SLIPWAY_DB_USER` and `SLIPWAY_DB_PASSWORD`.
    public static DatabaseSettings fromEnvironment(Map<String, String> environment) {
        String url = environment.get("SLIPWAY_DB_URL");
        if (url == null || url.isBlank()) {
            throw new IllegalStateException(
                    "SLIPWAY_DB_URL isn't set: start the programs with ./slipway up, or set it to a JDBC URL of your PostgreSQL");
        }
        return new DatabaseSettings(
                url,
                environment.getOrDefault("SLIPWAY_DB_USER", "slipway"),
                environment.getOrDefault("SLIPWAY_DB_PASSWORD", ""));
    }

    /// The same, and it must be the one that this home belongs to, if it belongs to one already.
    public DatabaseSettings of(Path home) {
        return new DatabaseSettings(url, user, password, DatabaseIdentity.of(home));
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + "]";
    }
}
