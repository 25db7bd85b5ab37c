package dev.slipway.db.door;

import dev.slipway.db.addresses.AddressRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the front door treats an app's visitors. The users whom it asks for a password are rows of their own.
///
/// @param allowed from where one may come in; empty: from everywhere
/// @param accessLog each request is written down
public record DoorSettings(Maintenance maintenance, List<AddressRange> allowed, Limits limits, boolean accessLog) {
    public static final DoorSettings DEFAULT =
            new DoorSettings(Maintenance.OFF, List.of(), new Limits(null, null), false);
    private static final int MOST_RANGES = 100;

    /// @throws IllegalArgumentException with a message for the user
    public DoorSettings {
        allowed = ranges(allowed);
    }

    private static List<AddressRange> ranges(List<AddressRange> ranges) {
        require(ranges.size() <= MOST_RANGES, "A list can have at most " + MOST_RANGES + " addresses and ranges.");
        return ranges.stream().distinct().toList();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// Nobody who comes notices anything of them.
    public boolean isUsual() {
        return !maintenance.on() && allowed.isEmpty() && limits.equals(DEFAULT.limits) && !accessLog;
    }

    public DoorSettings with(Maintenance changed) {
        return new DoorSettings(changed, allowed, limits, accessLog);
    }

    /// Visitors get a page instead of the app.
    ///
    /// @param notice what the page says; null: the usual
    /// @param retrySeconds when visitors are told to come again
    /// @param allowed who gets through all the same
    public record Maintenance(boolean on, @Nullable String notice, int retrySeconds, List<AddressRange> allowed) {
        public static final int RETRY_SECONDS = 300;
        public static final Maintenance OFF = new Maintenance(false, null, RETRY_SECONDS, List.of());
        private static final int LONGEST_NOTICE = 500;
        private static final int DAY = 86_400;

        /// @throws IllegalArgumentException with a message for the user
        public Maintenance {
            notice = notice == null || notice.isBlank() ? null : notice.strip();
            require(
                    notice == null
                            || notice.length() <= LONGEST_NOTICE
                                    && notice.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'),
                    "What the maintenance page says can have " + LONGEST_NOTICE + " characters.");
            require(
                    retrySeconds >= 5 && retrySeconds <= DAY,
                    "Visitors can be told to come again after 5 seconds up to a day.");
            allowed = ranges(allowed);
        }

        public Maintenance turned(boolean nowOn) {
            return new Maintenance(nowOn, notice, retrySeconds, allowed);
        }
    }

    /// What is null has its default.
    ///
    /// @param bodyBytes the largest body of a request; without it there is no limit
    /// @param idleSeconds how long a request may go without a byte in either direction; else 120
    public record Limits(@Nullable Long bodyBytes, @Nullable Integer idleSeconds) {
        public static final int IDLE_SECONDS = 120;
        private static final long MOST_BYTES = 1L << 40;
        private static final int HOUR = 3600;

        /// @throws IllegalArgumentException with a message for the user
        public Limits {
            require(
                    bodyBytes == null || bodyBytes >= 0 && bodyBytes <= MOST_BYTES,
                    "A request's body can be limited to between 0 bytes and 1 TiB.");
            require(
                    idleSeconds == null || idleSeconds >= 1 && idleSeconds <= HOUR,
                    "The time without a byte can be limited to between 1 second and 1 hour.");
        }
    }
}
