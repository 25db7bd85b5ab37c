package dev.slipway.platform.access;

import java.time.Instant;

/// What became of the credentials of a request without a session.
sealed interface Verdict {
    /// `program`: one of the platform's own, not a person.
    record Accepted(String name, boolean program) implements Verdict {}

    /// There is no such token: mistyped, or revoked.
    record Unknown() implements Verdict {}

    record Expired(Instant at) implements Verdict {}

    /// It isn't a token at all, such as a person's password.
    record NotAToken() implements Verdict {}

    /// Not looked at: there were too many wrong ones from this address.
    record Throttled(long seconds) implements Verdict {}
}
