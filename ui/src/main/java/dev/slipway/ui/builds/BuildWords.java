package dev.slipway.ui.builds;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.ui.parts.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is said about a build in more than one place.
final class BuildWords {
    private BuildWords() {}

    static String cause(Build build) {
        return cause(build.cause(), build.requestedBy());
    }

    private static String cause(BuildCause cause, String by) {
        return switch (cause) {
            case PUSH -> "Pushed by " + by;
            case POLL -> "New commit found";
            case WEBHOOK -> "Webhook";
            case MANUAL -> "Started by " + by;
            case RECOVERY -> "Commit found on its branch";
        };
    }

    /// Empty for a build that never started.
    static Optional<Stopwatch> duration(Build build) {
        Instant started = build.startedAt();
        Instant finished = build.finishedAt();
        if (started == null) {
            return Optional.empty();
        }
        return Optional.of(
                finished == null ? Stopwatch.running(started) : Stopwatch.stopped(Duration.between(started, finished)));
    }

    /// What went wrong in a few words, for the title above the sentence.
    static String failure(Build build) {
        Integer line = build.failedLine();
        Integer exit = build.exitCode();
        String where = line == null ? "" : " at Dockerfile line " + line;
        String how = exit == null ? "" : ": exit code " + exit;
        return switch (build.state()) {
            case FAILED -> "Build " + build.number() + " failed" + where + how;
            case ERRORED -> "Build " + build.number() + " couldn't be done: the platform had a problem";
            case QUEUED, RUNNING, SUCCEEDED, CANCELLED, SUPERSEDED -> "Build " + build.number();
        };
    }
}
