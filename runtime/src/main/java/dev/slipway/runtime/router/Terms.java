package dev.slipway.runtime.router;

import java.time.Duration;

/// What holds for a request that was let in.
///
/// @param idle how long nothing may happen
/// @param mostBody bytes of its body
/// @param appId in whose access log it is written down, 0 for none
record Terms(Duration idle, long mostBody, long appId) {
    static Terms usual(Duration idle) {
        return new Terms(idle, Long.MAX_VALUE, 0);
    }
}
