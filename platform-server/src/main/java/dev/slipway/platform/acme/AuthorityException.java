package dev.slipway.platform.acme;

import java.time.Instant;
import java.util.Optional;

/// An authority didn't issue a certificate. The message is its own words.
final class AuthorityException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<Instant> notBefore;

    AuthorityException(String message) {
        this(message, Optional.empty());
    }

    /// @param notBefore when the authority wants to be asked again at the earliest
    AuthorityException(String message, Optional<Instant> notBefore) {
        super(message);
        this.notBefore = notBefore;
    }

    Optional<Instant> notBefore() {
        return notBefore;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
