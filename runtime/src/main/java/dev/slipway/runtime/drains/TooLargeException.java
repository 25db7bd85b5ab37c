package dev.slipway.runtime.drains;

import java.io.IOException;

/// The other side takes no batch of this size: sent again as it is, it would never arrive.
final class TooLargeException extends IOException {
    TooLargeException(String message) {
        super(message);
    }
}
