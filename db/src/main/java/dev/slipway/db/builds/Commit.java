package dev.slipway.db.builds;

import java.time.Instant;

/// The commit that a build is of. `author` is "Name <mail>"; `message` the whole message, at most 4,000
/// characters.
public record Commit(CommitId id, String author, String message, Instant committedAt) {
    private static final int MESSAGE_LIMIT = 4_000;

    public Commit {
        author = printable(author);
        message = printable(message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT));
    }

    /// The first line of the message.
    public String subject() {
        return message.lines().findFirst().orElse("");
    }

    /// PostgreSQL's text can't hold NUL.
    private static String printable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
