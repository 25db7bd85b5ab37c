package dev.slipway.platform.api;

/// Too many at once; the same request may succeed later (503).
final class NoPlaceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoPlaceException(String sentence) {
        super(sentence);
    }
}
