package dev.slipway.worker.attempt;

import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildReason;

/// A step of an attempt ended it; the steps after it aren't done.
final class AttemptEnded extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialized
    private final BuildOutcome outcome;

    AttemptEnded(BuildOutcome outcome) {
        super(null, null, false, false);
        this.outcome = outcome;
    }

    static AttemptEnded failed(BuildReason reason, String message) {
        return new AttemptEnded(new BuildOutcome.Failed(reason, message, null, null));
    }

    static AttemptEnded errored(BuildReason reason, String message) {
        return new AttemptEnded(new BuildOutcome.Errored(reason, message, true));
    }

    BuildOutcome outcome() {
        return outcome;
    }
}
