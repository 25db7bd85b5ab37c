package dev.slipway.runtime.probe;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.ReleaseReason;

/// How an instance's container ended.
///
/// @param outOfMemory the engine says that one of its processes was killed for want of memory
/// @param hit as last seen while it ran
/// @param what of what kind it was: "a web app"
public record Death(int exitCode, boolean outOfMemory, LimitsHit hit, ProcessSpec process, String what) {
    private static final int SIGKILLED = 128 + 9;

    /// Why, and what to do.
    public Diagnosis diagnosis() {
        if (outOfMemory || hit.memory() > 0) {
            return new Diagnosis(ReleaseReason.OUT_OF_MEMORY, memory());
        }
        if (hit.processes() > 0 && exitCode != 0) {
            return new Diagnosis(
                    ReleaseReason.PROCESS_LIMIT,
                    "It exited with code " + exitCode + " after it had reached its limit of " + process.pids()
                            + " processes and threads. Raise the limit, or make it start fewer.");
        }
        if (exitCode == SIGKILLED) {
            return new Diagnosis(
                    ReleaseReason.EXITED,
                    "It was killed from outside (exit code 137, SIGKILL), though not for want of memory as far as Docker"
                            + " knows: somebody stopped or removed its container, or the machine itself ran short.");
        }
        return new Diagnosis(ReleaseReason.EXITED, "It exited with code " + exitCode + meaning() + ".");
    }

    /// A shell may have outlived the process that was killed: then the exit code is its own, even 0.
    private String memory() {
        String advice = "Raise the limit, or make it need less.";
        return exitCode == SIGKILLED
                ? "It was killed because it needed more memory than its limit of " + process.memoryMb() + " MiB. "
                        + advice
                : "One of its processes was killed because it needed more memory than the limit of "
                        + process.memoryMb() + " MiB; then it exited with code " + exitCode + ". " + advice;
    }

    private String meaning() {
        return switch (exitCode) {
            case 143 -> " (ended by SIGTERM)";
            case 139 -> " (crashed: SIGSEGV)";
            case 134 -> " (aborted: SIGABRT)";
            case 127 -> " (command not found)";
            case 126 -> " (command can't be executed)";
            case 0 -> ", although " + what + " should keep running";
            default -> "";
        };
    }
}
