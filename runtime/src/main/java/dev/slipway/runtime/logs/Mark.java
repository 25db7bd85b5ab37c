package dev.slipway.runtime.logs;

import java.time.Instant;

/// How far a stream of a container is kept: lines up to a time, and how many with exactly that time.
record Mark(Instant at, int count) {
    static final Mark NONE = new Mark(Instant.EPOCH, 0);

    Mark after(Instant line) {
        return line.equals(at) ? new Mark(at, count + 1) : new Mark(line, 1);
    }
}
