package dev.slipway.runtime.router;

/// Whom a request is for.
sealed interface Destination {
    record Platform() implements Destination {}

    /// @param uri path and query as the app sees them
    /// @param prefix what was taken from the path, "" when nothing was
    /// @param hstsSeconds what the answer says about https, 0 for nothing
    record App(String name, String uri, String prefix, int hstsSeconds) implements Destination {}

    /// Another address, to which the visitor is sent.
    ///
    /// @param app whose domain it was, "" for the platform's
    record Elsewhere(String app, String location, int status) implements Destination {}

    /// A certificate authority that wants to see that this host is ours (RFC 8555, 8.3).
    record Authority(String answer) implements Destination {}

    /// An app, or nobody: what decides about it wasn't read yet.
    record Unknown() implements Destination {}

    /// Nobody we know.
    record Stranger() implements Destination {}
}
