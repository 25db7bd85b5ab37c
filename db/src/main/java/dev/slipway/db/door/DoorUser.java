package dev.slipway.db.door;

import dev.slipway.db.secrets.PasswordHash;
import java.time.Instant;
import java.util.regex.Pattern;

/// Somebody whom the front door lets in with a password.
public record DoorUser(long appId, String name, PasswordHash password, String createdBy, Instant createdAt) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

    /// @throws IllegalArgumentException with a message for the user
    public DoorUser {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A user's name has up to 64 letters, digits and . _ @ + - and begins with a letter or digit.");
        }
    }
}
