package dev.slipway.db.runs;

/// Why a run failed; the sentence is in its message.
public enum RunReason {
    /// by another exit code than 0
    EXITED,
    OUT_OF_MEMORY,
    TIMED_OUT,
    /// its container was stopped or removed from outside, or ended with the engine or the machine
    INTERRUPTED,
    /// the engine refused to start it, or the image can't be had
    NOT_STARTED
}
