package dev.slipway.platform.source;

import java.io.IOException;

/// A server answered as no Git server does that speaks the smart HTTP protocol.
final class NotGitException extends IOException {
    private static final long serialVersionUID = 1;

    NotGitException(String contentType) {
        super("content type " + contentType);
    }
}
