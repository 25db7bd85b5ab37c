package dev.slipway.platform.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/// Somebody failed to log in too often and has to wait.
final class TooManyAttempts extends AuthenticationException {
    private static final long serialVersionUID = 1;
    private final long seconds;

    TooManyAttempts(Duration wait) {
        this(wait.plusMillis(999).toSeconds());
    }

    private TooManyAttempts(long seconds) {
        super("There were too many failed log-ins. Try again in " + inWords(seconds) + ".");
        this.seconds = seconds;
    }

    /// Whole seconds to wait, at least 1.
    long seconds() {
        return seconds;
    }

    private static String inWords(long seconds) {
        return seconds < 120 ? seconds + (seconds == 1 ? " second" : " seconds") : (seconds + 59) / 60 + " minutes";
    }
}
