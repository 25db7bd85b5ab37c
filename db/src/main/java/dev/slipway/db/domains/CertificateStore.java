package dev.slipway.db.domains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Certificates and their encrypted keys.
public final class CertificateStore {
    /// What keys are encrypted for (PKCS #8 in Base64).
    public static final String KEY_PURPOSE = "certificate key";

    private static final RowMapper<Certificate> ROW = (row, n) -> read(row);

    /// A certificate with its encrypted key.
    public record WithKey(Certificate certificate, byte[] sealedKey) {}

    private final Database database;

    public CertificateStore(Database database) {
        this.database = database;
    }

    public Certificate add(NewCertificate certificate) {
        return database.inTransaction(() -> {
            Certificate added = database.jdbc()
                    .sql("""
                         INSERT INTO certificates (app_id, names, chain, private_key, issuer, fingerprint, not_before, not_after, automatic, created_by)
                         VALUES (:app, :names::jsonb, :chain, :key, :issuer, :fingerprint, :before, :after, :automatic, :by)
                         RETURNING *""")
                    .param("app", certificate.appId())
                    .param("names", Json.write(certificate.names()))
                    .param("chain", certificate.chain())
                    .param("key", certificate.sealedKey())
                    .param("issuer", certificate.issuer())
                    .param("fingerprint", certificate.fingerprint())
                    .param("before", java.sql.Timestamp.from(certificate.notBefore()))
                    .param("after", java.sql.Timestamp.from(certificate.notAfter()))
                    .param("automatic", certificate.automatic())
                    .param("by", certificate.createdBy())
                    .query(ROW)
                    .single();
            ring(certificate.appId());
            return added;
        });
    }

    public boolean delete(Certificate certificate) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("DELETE FROM certificates WHERE id = :id")
                    .param("id", certificate.id())
                    .update();
            ring(certificate.appId());
            return rows == 1;
        });
    }

    /// @param appId null: of the platform itself
    public Optional<Certificate> find(@Nullable Long appId, long id) {
        return ofOwner(appId).stream()
                .filter(certificate -> certificate.id() == id)
                .findFirst();
    }

    /// The ones that hold longest first.
    ///
    /// @param appId null: of the platform itself
    public List<Certificate> ofOwner(@Nullable Long appId) {
        return database.jdbc()
                .sql(
                        "SELECT * FROM certificates WHERE app_id IS NOT DISTINCT FROM :app ORDER BY not_after DESC, id DESC")
                .param("app", appId, java.sql.Types.BIGINT)
                .query(ROW)
                .list();
    }

    /// Of all owners, in the order in which they were added.
    public List<WithKey> all() {
        return database.jdbc()
                .sql("SELECT * FROM certificates ORDER BY id")
                .query((row, n) -> new WithKey(read(row), row.getBytes("private_key")))
                .list();
    }

    private void ring(@Nullable Long appId) {
        Bell.ring(database, Bell.Topic.APP, appId == null ? 0 : appId);
    }

    @SuppressWarnings("unchecked")
    private static Certificate read(ResultSet row) throws SQLException {
        return new Certificate(
                row.getLong("id"),
                row.getObject("app_id", Long.class),
                Json.read(row.getString("names"), List.class),
                row.getString("chain"),
                row.getString("issuer"),
                row.getString("fingerprint"),
                row.getTimestamp("not_before").toInstant(),
                row.getTimestamp("not_after").toInstant(),
                row.getBoolean("automatic"),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
