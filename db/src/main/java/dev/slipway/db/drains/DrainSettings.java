package dev.slipway.db.drains;

/// What is sent, and how.
///
/// @param requests the requests that are written down are sent too
/// @param gzip HTTP bodies are compressed
public record DrainSettings(boolean requests, boolean gzip) {
    public static final DrainSettings DEFAULT = new DrainSettings(false, false);
}
