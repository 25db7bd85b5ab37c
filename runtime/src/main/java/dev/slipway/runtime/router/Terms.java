package dev.slipway.runtime.router;

import java.time.Duration;

/// What holds for a request that was let in.
///
/// @param idle how long nothing may happen
/// @param mostBody bytes of its body
/// @param accessLog it is written down
record Terms(Duration idle, long mostBody, boolean accessLog) {
    static Terms usual(Duration idle) {
        return new Terms(idle, Long.MAX_VALUE, false);
    }
}
