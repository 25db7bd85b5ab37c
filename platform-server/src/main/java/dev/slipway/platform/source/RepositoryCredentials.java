package dev.slipway.platform.source;

/// User and password (or token) for a repository elsewhere.
record RepositoryCredentials(String user, String password) {

    /// From `user:password`, the form in which they are encrypted.
    static RepositoryCredentials parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new RepositoryCredentials(text, "")
                : new RepositoryCredentials(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return "RepositoryCredentials[***]";
    }
}
