package dev.slipway.runtime.logs;

import dev.slipway.runtime.records.Position;
import java.time.Instant;

/// One line of an app's log.
///
/// @param id where it is kept; later lines have greater ones
/// @param at when the engine read it
/// @param release number of the release, 0 when it isn't known
/// @param text without control characters but tabs and colours (SGR sequences)
public record LogLine(Position id, Instant at, Stream stream, int release, String instance, String text) {
    public enum Stream {
        STDOUT,
        STDERR,
        /// a request, as the front door answered it
        ACCESS,
        /// said by the platform: what isn't here, and why
        PLATFORM
    }
}
