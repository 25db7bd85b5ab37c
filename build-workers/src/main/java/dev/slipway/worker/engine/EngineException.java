package dev.slipway.worker.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The engine couldn't be asked (status 0), or answered with an error.
public final class EngineException extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;

    EngineException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /// The HTTP status; 0 when there was no answer.
    public int status() {
        return status;
    }
}
