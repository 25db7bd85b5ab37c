package dev.slipway.db.domains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Apps' own domains. Each change rings, and the front door takes it over at once.
public final class DomainStore {
    private static final RowMapper<Domain> ROW = (row, n) -> read(row);

    private final Database database;

    public DomainStore(Database database) {
        this.database = database;
    }

    /// @throws org.springframework.dao.DuplicateKeyException when host and path have an owner
    public Domain create(long appId, HostName host, PathPrefix path, DomainSettings settings, String by) {
        return database.inTransaction(() -> {
            Domain created = settings(
                            database.jdbc()
                                    .sql("""
                                         INSERT INTO domains (app_id, host, path, strip_path, redirect_to, redirect_status, force_https, hsts_seconds,
                                                              automatic, created_by)
                                         VALUES (:app, :host, :path, :strip, :redirect, :status, :https, :hsts, :automatic, :by)
                                         RETURNING *""")
                                    .param("app", appId)
                                    .param("host", host.value())
                                    .param("path", path.value())
                                    .param("by", by),
                            settings)
                    .query(ROW)
                    .single();
            Bell.ring(database, Bell.Topic.APP, appId);
            return created;
        });
    }

    /// False when there is no such domain.
    public boolean update(Domain domain, DomainSettings settings) {
        return database.inTransaction(() -> {
            int rows = settings(database.jdbc().sql("""
                                         UPDATE domains SET strip_path = :strip, redirect_to = :redirect, redirect_status = :status,
                                           force_https = :https, hsts_seconds = :hsts, automatic = :automatic
                                         WHERE id = :id""").param("id", domain.id()), settings)
                    .update();
            Bell.ring(database, Bell.Topic.APP, domain.appId());
            return rows == 1;
        });
    }

    private static JdbcClient.StatementSpec settings(JdbcClient.StatementSpec statement, DomainSettings settings) {
        Redirect redirect = settings.redirect();
        return statement
                .param("strip", settings.stripPath())
                .param("redirect", redirect == null ? null : redirect.to().value())
                .param("status", redirect == null ? null : redirect.status())
                .param("https", settings.forceHttps())
                .param("hsts", (int) settings.hsts().toSeconds())
                .param("automatic", settings.automatic());
    }

    public boolean delete(Domain domain) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("DELETE FROM domains WHERE id = :id")
                    .param("id", domain.id())
                    .update();
            Bell.ring(database, Bell.Topic.APP, domain.appId());
            return rows == 1;
        });
    }

    /// Frees all that the front door knows of an app; joins the transaction that deletes it.
    public void forget(long appId) {
        for (String table : List.of("domains", "certificates")) {
            database.jdbc()
                    .sql("DELETE FROM " + table + " WHERE app_id = :app")
                    .param("app", appId)
                    .update();
        }
        new CertificateOrders(database).forgetUnwanted();
    }

    public Optional<Domain> find(long appId, long id) {
        return database.jdbc()
                .sql("SELECT * FROM domains WHERE app_id = :app AND id = :id")
                .param("app", appId)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    public Optional<Domain> find(HostName host, PathPrefix path) {
        return database.jdbc()
                .sql("SELECT * FROM domains WHERE host = :host AND path = :path")
                .param("host", host.value())
                .param("path", path.value())
                .query(ROW)
                .optional();
    }

    /// By host, the longest path first.
    public List<Domain> ofApp(long appId) {
        return database.jdbc()
                .sql("SELECT * FROM domains WHERE app_id = :app ORDER BY host, length(path) DESC, path")
                .param("app", appId)
                .query(ROW)
                .list();
    }

    /// Of all apps, by host, the longest path first.
    public List<Domain> all() {
        return database.jdbc()
                .sql("SELECT * FROM domains ORDER BY host, length(path) DESC, path")
                .query(ROW)
                .list();
    }

    /// Whose visitors are sent on to a host.
    public List<Domain> redirectingTo(HostName host) {
        return database.jdbc()
                .sql("SELECT * FROM domains WHERE redirect_to = :host ORDER BY host")
                .param("host", host.value())
                .query(ROW)
                .list();
    }

    private static Domain read(ResultSet row) throws SQLException {
        String to = row.getString("redirect_to");
        return new Domain(
                row.getLong("id"),
                row.getLong("app_id"),
                new HostName(row.getString("host")),
                new PathPrefix(row.getString("path")),
                new DomainSettings(
                        row.getBoolean("strip_path"),
                        to == null ? null : new Redirect(new HostName(to), row.getInt("redirect_status")),
                        row.getBoolean("force_https"),
                        Duration.ofSeconds(row.getInt("hsts_seconds")),
                        row.getBoolean("automatic")),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
