package dev.slipway.db.domains;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A host whose certificate is had by ACME.
///
/// @param appId null: of the platform itself
/// @param message why it failed last, in the authority's words
/// @param failures in a row
/// @param dueAt when it is ordered next
/// @param certificateId what it has now
public record CertificateOrder(
        String host,
        @Nullable Long appId,
        State state,
        @Nullable String message,
        int failures,
        Instant dueAt,
        @Nullable Long certificateId,
        Instant changedAt) {

    /// How it goes.
    public enum State {
        /// will be ordered when due
        WAITING,
        /// is being ordered now
        ORDERING,
        /// has one, and is renewed when due
        ISSUED,
        /// couldn't be had, and is tried again when due
        FAILED
    }
}
