package dev.slipway.runtime.engine;

import java.io.IOException;

/// An answer other than success. The message is the engine's own words.
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    static final int NOT_MODIFIED = 304;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /// Whether the HTTP status is one of these.
    boolean is(int... statuses) {
        for (int one : statuses) {
            if (one == status) {
                return true;
            }
        }
        return false;
    }
}
