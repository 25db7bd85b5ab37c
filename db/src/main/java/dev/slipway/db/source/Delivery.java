package dev.slipway.db.source;

import java.time.Instant;

/// One webhook call: what came, the HTTP status it was answered with and why.
public record Delivery(
        long id, long appId, String deliveryId, String event, int status, String message, Instant receivedAt) {}
