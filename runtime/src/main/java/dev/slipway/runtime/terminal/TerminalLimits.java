package dev.slipway.runtime.terminal;

import java.time.Duration;

/// How many terminals there can be, and how long one lasts.
///
/// @param most of all apps together
/// @param mostOfApp of one app
/// @param idle without a key or a sign
/// @param longest in any case
public record TerminalLimits(int most, int mostOfApp, Duration idle, Duration longest) {
    public static final TerminalLimits DEFAULT =
            new TerminalLimits(20, 5, Duration.ofMinutes(30), Duration.ofHours(12));
}
