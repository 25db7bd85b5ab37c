package dev.slipway.platform.source;

import java.io.IOException;

/// A visit to a remote repository took too long or brought too much.
final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1;

    LimitExceededException(String what) {
        super(what);
    }
}
