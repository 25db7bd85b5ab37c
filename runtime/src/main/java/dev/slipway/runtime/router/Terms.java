package dev.slipway.runtime.router;

import java.time.Duration;
import java.util.Optional;

/// What holds for a request that was let in.
///
/// @param idle how long nothing may happen
/// @param mostBody bytes of its body
/// @param appId in whose access log it is written down, 0 for none
/// @param rules under which it was let in, if the app had any
record Terms(Duration idle, long mostBody, long appId, Optional<DoorRules> rules) {
    static Terms usual(Duration idle) {
        return new Terms(idle, Long.MAX_VALUE, 0, Optional.empty());
    }
}
