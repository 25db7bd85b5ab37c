package dev.slipway.runtime.logs;

import dev.slipway.runtime.engine.Output;
import java.time.Instant;

/// Tells what is new from what was kept before, when a container's output is told again. The clock may go back
/// later on: once something new came from a stream, all of it is.
final class Resume {
    private final Since out;
    private final Since err;

    /// @param out how far standard output is kept
    /// @param err and standard error
    Resume(Mark out, Mark err) {
        this.out = new Since(out);
        this.err = new Since(err);
    }

    boolean isNew(LineJoiner.Line line) {
        return (line.stream() == Output.Stream.STDOUT ? out : err).isNew(line.at());
    }

    private static final class Since {
        private final Mark kept;
        private int seen;
        private boolean passed;

        Since(Mark kept) {
            this.kept = kept;
            this.passed = kept.equals(Mark.NONE);
        }

        boolean isNew(Instant at) {
            if (!passed) {
                int order = at.compareTo(kept.at());
                passed = order > 0 || order == 0 && ++seen > kept.count();
            }
            return passed;
        }
    }
}
