package dev.slipway.platform.apps;

import dev.slipway.db.secrets.MasterKey;
import org.jspecify.annotations.Nullable;

/// User and password (or token) for a repository elsewhere. Stored as `user:password`, encrypted.
public record RepositoryCredentials(String user, String password) {
    static final RepositoryCredentials NONE = new RepositoryCredentials("", "");
    private static final String PURPOSE = "repository";

    public static RepositoryCredentials decrypt(MasterKey key, byte[] secret) {
        String text = key.decrypt(PURPOSE, secret);
        int colon = text.indexOf(':');
        return colon < 0
                ? new RepositoryCredentials(text, "")
                : new RepositoryCredentials(text.substring(0, colon), text.substring(colon + 1));
    }

    byte[] encrypt(MasterKey key) {
        return key.encrypt(PURPOSE, user + ":" + password);
    }

    /// With what is given; what is null stays.
    RepositoryCredentials with(@Nullable String newUser, @Nullable String newPassword) {
        return new RepositoryCredentials(
                newUser == null ? user : newUser, newPassword == null ? password : newPassword);
    }

    @Override
    public String toString() {
        return "RepositoryCredentials[***]";
    }
}
