package dev.slipway.platform.api;

import dev.slipway.db.builds.Commit;
import java.time.Instant;

/// A commit.
record CommitView(String id, String author, String subject, String message, Instant committedAt) {
    static CommitView of(Commit commit) {
        return new CommitView(
                commit.id().value(), commit.author(), commit.subject(), commit.message(), commit.committedAt());
    }
}
