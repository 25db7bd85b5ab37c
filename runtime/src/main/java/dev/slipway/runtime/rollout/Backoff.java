package dev.slipway.runtime.rollout;

import java.time.Duration;
import java.time.Instant;

/// How long a live release whose instances die waits before the next start: 1, 2, 4 … 60 s.
///
/// @param failures in a row
record Backoff(int failures, Instant notBefore) {
    static final Backoff NONE = new Backoff(0, Instant.EPOCH);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /// An instance that was healthy for so long didn't die of its start: the count begins anew.
    private static final Duration STABLE = Duration.ofSeconds(60);

    /// After another death.
    ///
    /// @param healthyFor how long the instance had been healthy
    Backoff failed(Instant now, Duration healthyFor) {
        int count = healthyFor.compareTo(STABLE) >= 0 ? 1 : failures + 1;
        long seconds = Math.min(LONGEST.toSeconds(), 1L << Math.min(count - 1, 30));
        return new Backoff(count, now.plusSeconds(seconds));
    }

    /// The same, unless it is later than any back-off makes it: then the clock was set back meanwhile.
    static Instant sane(Instant notBefore, Instant now) {
        return notBefore.isAfter(now.plus(LONGEST)) ? Instant.EPOCH : notBefore;
    }

    /// Whether this death goes into the app's history: of a long row not every one.
    boolean worthTelling() {
        return failures <= 3 || failures % 10 == 0;
    }

    /// "restarting in 4 s, 3rd time".
    String announcement(Instant now) {
        long seconds = Math.ceilDiv(Duration.between(now, notBefore).toMillis(), 1000L);
        return "restarting in " + Math.max(1, seconds) + " s, " + ordinal(failures) + " time";
    }

    static String ordinal(int n) {
        String suffix = n % 100 >= 11 && n % 100 <= 13
                ? "th"
                : switch (n % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return n + suffix;
    }
}
