package dev.slipway.worker.engine;

import java.io.IOException;

/// A push that the registry refused or that didn't get through to it; the message is what the engine was told.
public final class PushRefused extends IOException {
    private static final long serialVersionUID = 1;

    PushRefused(String message) {
        super(message);
    }
}
