package dev.slipway.db.source;

import dev.slipway.db.Database;
import java.util.List;

/// Webhook deliveries; the newest 200 of each app are kept.
public final class DeliveryStore {
    private final Database database;

    public DeliveryStore(Database database) {
        this.database = database;
    }

    public void record(long appId, String deliveryId, String event, int status, String message) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql(
                            "INSERT INTO deliveries (app_id, delivery_id, event, status, message) VALUES (:app, :delivery, :event, :status, :message)")
                    .param("app", appId)
                    .param("delivery", deliveryId)
                    .param("event", event)
                    .param("status", status)
                    .param("message", message)
                    .update();
            database.jdbc()
                    .sql(
                            "DELETE FROM deliveries WHERE app_id = :app AND id <"
                                    + " (SELECT min(id) FROM (SELECT id FROM deliveries WHERE app_id = :app ORDER BY id DESC LIMIT 200) newest)")
                    .param("app", appId)
                    .update();
        });
    }

    public List<Delivery> ofApp(long appId, int limit) {
        return database.jdbc()
                .sql("SELECT * FROM deliveries WHERE app_id = :app ORDER BY id DESC LIMIT :limit")
                .param("app", appId)
                .param("limit", limit)
                .query((row, n) -> new Delivery(
                        row.getLong("id"),
                        row.getLong("app_id"),
                        row.getString("delivery_id"),
                        row.getString("event"),
                        row.getInt("status"),
                        row.getString("message"),
                        row.getTimestamp("received_at").toInstant()))
                .list();
    }
}
