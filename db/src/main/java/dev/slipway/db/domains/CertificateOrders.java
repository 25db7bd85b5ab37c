package dev.slipway.db.domains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Certificates to be had by ACME. One program at a time orders for a host: a claim is a lease, and whoever
/// doesn't end it in time loses it.
public final class CertificateOrders {
    private static final RowMapper<CertificateOrder> ROW = (row, n) -> new CertificateOrder(
            row.getString("host"),
            row.getObject("app_id", Long.class),
            CertificateOrder.State.valueOf(row.getString("state")),
            row.getString("message"),
            row.getInt("failures"),
            row.getTimestamp("due_at").toInstant(),
            row.getObject("certificate_id", Long.class),
            row.getTimestamp("changed_at").toInstant());

    private final Database database;

    public CertificateOrders(Database database) {
        this.database = database;
    }

    /// From now on the host is to have one. What it has stays.
    public void want(HostName host, @Nullable Long appId) {
        database.jdbc().sql("""
                     INSERT INTO certificate_orders (host, app_id) VALUES (:host, :app)
                     ON CONFLICT (host) DO UPDATE SET app_id = excluded.app_id""").param("host", host.value()).param("app", appId).update();
    }

    /// Forgets hosts of apps for which no domain wants one any more.
    public void forgetUnwanted() {
        database.jdbc().sql("""
                     DELETE FROM certificate_orders o WHERE o.app_id IS NOT NULL AND NOT EXISTS
                       (SELECT 1 FROM domains d WHERE d.host = o.host AND d.app_id = o.app_id AND d.automatic)""").update();
    }

    /// Makes the host's next order due now.
    public void orderSoon(HostName host) {
        database.jdbc()
                .sql(
                        "UPDATE certificate_orders SET due_at = now(), changed_at = now() WHERE host = :host AND state <> 'ORDERING'")
                .param("host", host.value())
                .update();
    }

    /// Takes one that is due, or whose last owner didn't end in time.
    public Optional<CertificateOrder> claim(Duration lease) {
        return database.jdbc()
                .sql("""
                     UPDATE certificate_orders SET state = 'ORDERING', lease_until = now() + :lease * interval '1 second', changed_at = now()
                     WHERE host = (SELECT host FROM certificate_orders
                                   WHERE due_at <= now() AND (state <> 'ORDERING' OR lease_until < now())
                                   ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                     RETURNING *""")
                .param("lease", lease.toSeconds())
                .query(ROW)
                .optional();
    }

    /// It has its certificate, and is renewed at `renewAt`.
    public void issued(CertificateOrder order, long certificateId, Instant renewAt) {
        end(order, CertificateOrder.State.ISSUED, null, 0, renewAt);
        database.jdbc()
                .sql("UPDATE certificate_orders SET certificate_id = :certificate WHERE host = :host")
                .param("certificate", certificateId)
                .param("host", order.host())
                .update();
    }

    public void failed(CertificateOrder order, String message, Instant retryAt) {
        end(order, CertificateOrder.State.FAILED, message, order.failures() + 1, retryAt);
    }

    private void end(
            CertificateOrder order,
            CertificateOrder.State state,
            @Nullable String message,
            int failures,
            Instant dueAt) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("""
                         UPDATE certificate_orders SET state = :state, message = :message, failures = :failures, due_at = :due,
                           lease_until = NULL, changed_at = now()
                         WHERE host = :host AND state = 'ORDERING'""")
                    .param("state", state.name())
                    .param("message", message)
                    .param("failures", failures)
                    .param("due", Timestamp.from(dueAt))
                    .param("host", order.host())
                    .update();
            Bell.ring(
                    database, Bell.Topic.APP, Optional.ofNullable(order.appId()).orElse(0L));
        });
    }

    public Optional<CertificateOrder> find(HostName host) {
        return database.jdbc()
                .sql("SELECT * FROM certificate_orders WHERE host = :host")
                .param("host", host.value())
                .query(ROW)
                .optional();
    }

    /// @param appId null: of the platform itself
    public List<CertificateOrder> ofOwner(@Nullable Long appId) {
        return database.jdbc()
                .sql("SELECT * FROM certificate_orders WHERE app_id IS NOT DISTINCT FROM :app ORDER BY host")
                .param("app", appId, java.sql.Types.BIGINT)
                .query(ROW)
                .list();
    }
}
