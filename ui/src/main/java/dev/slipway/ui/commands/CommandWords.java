package dev.slipway.ui.commands;

import com.vaadin.flow.component.Component;
import dev.slipway.db.Bell;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import dev.slipway.db.schedules.ScheduleSettings.Overlap;
import dev.slipway.platform.commands.RunView;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.Stopwatch;
import dev.slipway.ui.parts.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Runs and schedules as people read them. Pure.
final class CommandWords {
    private static final DateTimeFormatter DUE = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

    private CommandWords() {}

    static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.RELEASE || ring.topic() == Bell.Topic.APP;
    }

    static Status status(Run run) {
        if (run.cancelRequested() && !run.state().isFinal()) {
            return new Status("Being cancelled", Tone.NEUTRAL);
        }
        return switch (run.state()) {
            case QUEUED -> new Status("Waiting", Tone.NEUTRAL);
            case RUNNING -> new Status("Running", Tone.ACTIVE);
            case SUCCEEDED -> new Status("Done", Tone.GOOD);
            case FAILED -> new Status(failure(run), Tone.BAD);
            case CANCELLED -> new Status("Cancelled", Tone.NEUTRAL);
        };
    }

    private static String failure(Run run) {
        return switch (run.reason()) {
            case null -> "Failed";
            case EXITED -> run.exitCode() == null ? "Failed" : "Failed, exit code " + run.exitCode();
            case OUT_OF_MEMORY -> "Out of memory";
            case TIMED_OUT -> "Timed out";
            case INTERRUPTED -> "Interrupted";
            case NOT_STARTED -> "Not started";
        };
    }

    /// Who asked for it, in what it runs.
    static String origin(RunView view) {
        String by = view.schedule() != null
                ? "by schedule " + view.schedule()
                        + (view.run().requestedBy().equals("slipway")
                                ? ""
                                : ", started by " + view.run().requestedBy())
                : view.run().kind() == Run.Kind.SCHEDULED
                        ? "by a schedule that was removed"
                        : "by " + view.run().requestedBy();
        return by + ", in release " + view.release();
    }

    static Optional<Component> duration(Run run) {
        if (run.startedAt() == null) {
            return Optional.empty();
        }
        return Optional.of(
                run.endedAt() == null
                        ? Stopwatch.running(run.startedAt())
                        : Stopwatch.stopped(Duration.between(run.startedAt(), run.endedAt())));
    }

    /// As the clock in the schedule's zone shows it: "Sat 28 Nov, 04:30".
    static String due(Instant time, String zone) {
        return DUE.format(time.atZone(ZoneId.of(zone)));
    }

    static String skipped(Schedule.Skip skip) {
        return "Skipped " + (skip.times() == 1 ? "" : skip.times() + " times in a row ") + "because " + skip.why();
    }

    static String words(Overlap overlap) {
        return switch (overlap) {
            case SKIP -> "Skip this time";
            case ALLOW -> "Run both side by side";
            case REPLACE -> "Cancel it and start anew";
        };
    }

    static String words(Missed missed) {
        return switch (missed) {
            case RUN_ONCE -> "Run once when it is back";
            case SKIP -> "Wait for the next time";
        };
    }

    /// Whether it can still be cancelled.
    static boolean cancellable(Run run) {
        return (run.state() == RunState.QUEUED || run.state() == RunState.RUNNING) && !run.cancelRequested();
    }
}
