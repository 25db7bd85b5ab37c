package dev.slipway.runtime.rollout;

import dev.slipway.runtime.probe.Probe;
import java.time.Duration;
import java.time.Instant;

/// How an instance that was healthy once has answered since. Pure: each answer makes a new one.
///
/// @param failures in a row, up to now
/// @param since when the first of them was; meaningless without any
/// @param last the answer to the last of them, in words
record Pulse(int failures, Instant since, String last) {
    static final Pulse GOOD = new Pulse(0, Instant.EPOCH, "");
    /// So many times the failures after which an instance gets no requests, it is given up.
    private static final int PATIENCE = 3;

    /// What follows from it.
    enum Standing {
        WELL,
        /// gets no requests as long as others do
        AILING,
        /// another one takes its place
        GIVEN_UP
    }

    Pulse after(Probe.Answer answer, Instant at) {
        return answer instanceof Probe.Answer.Healthy
                ? GOOD
                : new Pulse(failures + 1, failures == 0 ? at : since, answer.inWords());
    }

    /// @param threshold failures in a row after which an instance gets no requests
    /// @param answersVisitors requests that came through the router are answered well: what does that isn't
    ///     replaced, whatever its health check says
    Standing standing(int threshold, boolean answersVisitors) {
        if (failures >= threshold * PATIENCE && !answersVisitors) {
            return Standing.GIVEN_UP;
        }
        return failures >= threshold ? Standing.AILING : Standing.WELL;
    }

    /// "hasn't passed its health check for 40 s: it answered 503 Service Unavailable".
    String told(Instant now) {
        return "hasn't passed its health check for "
                + Math.max(1, Duration.between(since, now).toSeconds()) + " s: it " + last;
    }
}
