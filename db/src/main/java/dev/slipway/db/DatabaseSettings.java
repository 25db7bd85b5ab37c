package dev.slipway.db;

import java.util.Map;

/// Where the database is. `url` is a JDBC URL.
public record DatabaseSettings(String url, String user, String password) {

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

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + "]";
    }
}
