package dev.slipway.platform.api;

import dev.slipway.db.drains.Drain;
import dev.slipway.platform.drains.DrainHealth;
import dev.slipway.platform.drains.DrainView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A log drain as the API shows it, without its credentials.
record DrainItem(
        long id,
        String url,

        @Schema(description = "It has credentials, which never come back")
        boolean authorized,

        boolean requests,
        boolean gzip,

        @Schema(description = "How it does; null when the runtime tier can't say") @Nullable
        Health health,

        String createdBy,
        Instant createdAt) {

    /// `lines` have arrived, the last at `deliveredAt`; about `behindBytes` wait, and about `lostBytes` were deleted
    /// before they could be sent.
    record Health(
            @Nullable Instant deliveredAt,
            long lines,
            long behindBytes,
            long lostBytes,

            @Schema(description = "Why the last try failed") @Nullable
            String error,

            @Nullable Instant failingSince,

            @Schema(description = "What came of the last test line") @Nullable
            Test test) {
        static Health of(DrainHealth health) {
            DrainHealth.Test test = health.test();
            return new Health(
                    health.deliveredAt(),
                    health.lines(),
                    health.behindBytes(),
                    health.lostBytes(),
                    health.error(),
                    health.failingSince(),
                    test == null ? null : new Test(test.at(), test.error()));
        }
    }

    /// `error` is null when it arrived.
    record Test(Instant at, @Nullable String error) {}

    static DrainItem of(DrainView view) {
        Drain drain = view.drain();
        DrainHealth health = view.health();
        return new DrainItem(
                drain.id(),
                drain.address().url(),
                drain.authorized(),
                drain.settings().requests(),
                drain.settings().gzip(),
                health == null ? null : Health.of(health),
                drain.createdBy(),
                drain.createdAt());
    }
}
