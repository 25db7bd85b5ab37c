package dev.slipway.platform;

import dev.slipway.db.WrongDatabaseException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says in a sentence, not by a trace, why the server doesn't start.
final class WrongDatabaseAnalyzer extends AbstractFailureAnalyzer<WrongDatabaseException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongDatabaseException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
