package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a run. Pure.
sealed interface RunEnd {
    int LAST_LINES = 12;

    record Succeeded() implements RunEnd {}

    /// The last lines of its output come behind the message.
    record Failed(RunStore.Failure failure) implements RunEnd {}

    /// @param exitCode null when it never ran, or nobody knows
    record Cancelled(String message, @Nullable Integer exitCode) implements RunEnd {}

    /// @param memoryMb its limit
    static RunEnd ended(Run run, RunPhase.Ended end, int memoryMb) {
        if (end.outOfMemory()) {
            return failed(
                    RunReason.OUT_OF_MEMORY,
                    what(run) + " was killed because it needed more memory than the limit of " + memoryMb + " MiB.",
                    end.exitCode());
        }
        if (end.exitCode() == 0) {
            return new Succeeded();
        }
        String cause = switch (end.exitCode()) {
            case 127 -> " (command not found)";
            case 126 -> " (command can't be executed)";
            case 137 -> " (killed from outside)";
            case 143 -> " (ended by SIGTERM)";
            default -> "";
        };
        return failed(
                RunReason.EXITED, what(run) + " exited with code " + end.exitCode() + cause + ".", end.exitCode());
    }

    static RunEnd timedOut(Run run) {
        return failed(
                RunReason.TIMED_OUT,
                what(run) + " was still running after its time limit of " + run.timeoutSeconds() + " s.",
                null);
    }

    /// Somebody wanted it to end, and it has.
    static RunEnd cancelled(Run run, @Nullable Integer exitCode) {
        return new Cancelled(
                what(run) + " was cancelled by " + run.cancelRequestedBy()
                        + (run.startedAt() == null && exitCode == null ? " before it started." : "."),
                exitCode);
    }

    /// Whether it did its work can't be known, so it isn't run a second time.
    static RunEnd vanished(Run run) {
        return failed(
                RunReason.INTERRUPTED,
                what(run) + " was interrupted: its container is gone. It isn't started a second time by itself; look"
                        + " whether it did its work, then " + again(run) + " again.",
                null);
    }

    static RunEnd refused(Run run, String message) {
        return failed(RunReason.NOT_STARTED, what(run) + " couldn't be started. " + message + ".", null);
    }

    private static String again(Run run) {
        return switch (run.kind()) {
            case RELEASE -> "release";
            case ONE_OFF, SCHEDULED -> "run it";
        };
    }

    /// With the end of its output behind the message.
    static RunStore.Failure withLastLines(RunStore.Failure failure, String output) {
        List<String> lines = output.lines()
                .map(Watch::printable)
                .filter(line -> !line.isBlank())
                .toList();
        String last = lines.isEmpty()
                ? " It printed nothing."
                : " Last lines:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        return new RunStore.Failure(failure.reason(), failure.message() + last, failure.exitCode());
    }

    private static Failed failed(RunReason reason, String message, @Nullable Integer exitCode) {
        return new Failed(new RunStore.Failure(reason, message, exitCode));
    }

    private static String what(Run run) {
        String line = Words.join(run.command());
        String shown = line.length() <= 200 ? line : line.substring(0, 200) + "…";
        return switch (run.kind()) {
            case RELEASE -> "The release command (" + shown + ")";
            case ONE_OFF, SCHEDULED -> "The command (" + shown + ")";
        };
    }
}
