package dev.slipway.db.apps;

import java.time.Instant;

/// One version of an app's environment, which never changes. Version 0 is the empty one that nobody made.
///
/// @param sealed the environment, encrypted
public record ConfigVersion(int version, byte[] sealed, String createdBy, Instant createdAt) {
    /// Nothing of the content.
    @Override
    public String toString() {
        return "ConfigVersion[" + version + "]";
    }
}
