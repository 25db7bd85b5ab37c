package dev.slipway.runtime.router;

import java.time.Duration;

/// Where the front door listens, whom it serves, and its limits.
///
/// @param domain `<app>.<domain>` are apps, `<domain>` is the platform
/// @param platformPort of the platform's server on loopback
/// @param proxies before us that say truly whom they speak for
public record FrontDoorSettings(Listen listen, String domain, int platformPort, Limits limits, Addresses proxies) {

    /// @param httpsPort 0: https isn't served
    /// @param forceHttps visitors of the platform's own names are sent to https, where there is a certificate
    public record Listen(String bind, int port, int httpsPort, boolean forceHttps) {}

    /// @param headerBytes most bytes of a request's header fields together
    /// @param urlBytes most bytes of the request line
    /// @param keepAlive how long a connection may wait for its next request, or its first
    /// @param appIdle how long a request to an app may go without a byte in either direction
    /// @param platformIdle the same for the platform, where a `git push` may wait for a long, silent build
    /// @param tunnelIdle the same for WebSockets
    public record Limits(
            int headerBytes,
            int urlBytes,
            Duration keepAlive,
            Duration appIdle,
            Duration platformIdle,
            Duration tunnelIdle) {
        public static final Limits DEFAULT = new Limits(
                32 * 1024,
                16 * 1024,
                Duration.ofSeconds(75),
                Duration.ofSeconds(120),
                Duration.ofMinutes(60),
                Duration.ofMinutes(60));
    }

    /// Behind no proxy.
    public FrontDoorSettings(Listen listen, String domain, int platformPort, Limits limits) {
        this(listen, domain, platformPort, limits, Addresses.NONE);
    }

    /// Without https.
    public FrontDoorSettings(String bind, int port, String domain, int platformPort, Limits limits) {
        this(new Listen(bind, port, 0, false), domain, platformPort, limits);
    }

    String bind() {
        return listen.bind();
    }

    /// For messages.
    String ports() {
        return port() + (httpsPort() > 0 ? " and " + httpsPort() : "");
    }

    int port() {
        return listen.port();
    }

    int httpsPort() {
        return listen.httpsPort();
    }

    boolean forceHttps() {
        return listen.forceHttps();
    }
}
