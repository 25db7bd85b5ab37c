package dev.slipway.ui.shell;

import dev.slipway.platform.Problem;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/// What people read when something went wrong: what it was, and what to do.
final class Sentences {
    private Sentences() {}

    /// The problem that an exception is, or was caused by.
    static Optional<Problem> problem(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Problem problem) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    /// For what isn't a [Problem]: nothing of the inside is shown, only what finds it in the server's log.
    static String unexpected(Throwable thrown, String reference) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof DataAccessResourceFailureException || t instanceof CannotCreateTransactionException) {
                return "The platform's database doesn't answer. Your apps keep running. Try again in a moment.";
            }
        }
        return "Something went wrong inside Slipway. Try again; if it stays, the server's log says more (look for "
                + reference + ").";
    }
}
