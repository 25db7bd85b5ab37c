package dev.slipway.platform.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a certificate is ordered (again). Authorities count failed proofs by host and hour, so patience pays.
final class RenewalPlan {
    private static final Duration FIRST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_DOUBLINGS = 7;

    private RenewalPlan() {}

    /// When a third of its life is left.
    static Instant renewAt(Instant notBefore, Instant notAfter) {
        return notAfter.minus(Duration.between(notBefore, notAfter).dividedBy(3));
    }

    /// @param failures in a row, without this one
    /// @param notBefore when the authority wants to be asked again at the earliest
    static Instant retryAt(Instant now, int failures, Optional<Instant> notBefore) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Instant ours = now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
        return notBefore.filter(theirs -> theirs.isAfter(ours)).orElse(ours);
    }
}
