package dev.slipway.runtime.router;

import java.time.Duration;

/// How many requests may wait for an app that can't answer for a moment, and how long.
///
/// @param longest after it a request is told what goes on; zero: none waits
/// @param perApp most requests that wait for one app
/// @param inAll most requests that wait
public record HoldSettings(Duration longest, int perApp, int inAll) {
    public static final HoldSettings DEFAULT = new HoldSettings(Duration.ofSeconds(60), 1_000, 2_000);
}
