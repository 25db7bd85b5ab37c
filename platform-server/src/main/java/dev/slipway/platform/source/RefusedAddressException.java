package dev.slipway.platform.source;

import java.net.UnknownHostException;

/// A repository's host leads where the platform doesn't go. An [UnknownHostException], so that an HTTP client
/// takes it for a failed look-up.
final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    RefusedAddressException(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
