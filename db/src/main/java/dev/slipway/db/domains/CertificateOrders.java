package dev.slipway.db.domains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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

    /// From now on the host is to have one, ordered by this app, unless another one orders it already: apps may share
    /// a host. One that was had before and is good for a while isn't ordered anew before it has to be.
    public void want(HostName host, @Nullable Long appId) {
        database.jdbc()
                .sql("""
                     INSERT INTO certificate_orders (host, app_id, due_at) VALUES (:host, :app, coalesce(
                       (SELECT max(not_after - (not_after - not_before) / 3) FROM certificates
                        WHERE app_id = :app AND automatic AND names @> to_jsonb(:host::text)), now()))
                     ON CONFLICT (host) DO NOTHING""")
                .param("host", host.value())
                .param("app", appId, java.sql.Types.BIGINT)
                .update();
    }

    /// Hands hosts on to another app that wants a certificate for them when theirs doesn't any more, and forgets those
    /// that no domain wants one for.
    public void forgetUnwanted() {
        database.jdbc().sql("""
                     UPDATE certificate_orders o SET app_id = h.app_id, state = 'WAITING', message = NULL, due_at = now(), failures = 0,
                       lease_until = NULL, changed_at = now()
                     FROM (SELECT host, min(app_id) AS app_id FROM domains WHERE automatic GROUP BY host) h
                     WHERE h.host = o.host AND o.app_id IS NOT NULL AND NOT EXISTS
                       (SELECT 1 FROM domains d WHERE d.host = o.host AND d.app_id = o.app_id AND d.automatic)""").update();
        database.jdbc().sql("""
                     DELETE FROM certificate_orders o WHERE o.app_id IS NOT NULL AND NOT EXISTS
                       (SELECT 1 FROM domains d WHERE d.host = o.host AND d.app_id = o.app_id AND d.automatic)""").update();
    }

    /// This one goes: hosts that have no newer one by ACME are ordered for now, not when it had to be renewed.
    /// Those whose order failed keep the time at which the authority may be asked again.
    public void replace(Certificate removed) {
        database.jdbc()
                .sql("""
                     UPDATE certificate_orders SET state = 'WAITING', due_at = now(), changed_at = now()
                     WHERE app_id IS NOT DISTINCT FROM :app AND host = ANY(:names) AND state IN ('WAITING', 'ISSUED')
                       AND coalesce(certificate_id, :id) = :id""")
                .param("app", removed.appId(), java.sql.Types.BIGINT)
                .param("names", removed.names().toArray(String[]::new))
                .param("id", removed.id())
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
                .sql(
                        "UPDATE certificate_orders SET certificate_id = :certificate WHERE host = :host AND app_id IS NOT DISTINCT FROM :app")
                .param("certificate", certificateId)
                .param("app", order.appId(), java.sql.Types.BIGINT)
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

    /// Whoever orders them.
    public List<CertificateOrder> of(Collection<HostName> hosts) {
        return database.jdbc()
                .sql("SELECT * FROM certificate_orders WHERE host = ANY(:hosts) ORDER BY host")
                .param("hosts", hosts.stream().map(HostName::value).toArray(String[]::new))
                .query(ROW)
                .list();
    }
}
