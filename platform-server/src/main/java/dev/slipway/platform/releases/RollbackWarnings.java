package dev.slipway.platform.releases;

import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What one should know before going back, beyond what will be different. Pure.
final class RollbackWarnings {
    private RollbackWarnings() {}

    /// @param next what a build of the target's commit would run with by the app's settings of today
    /// @param since the releases that came after the target
    /// @param commands the release commands that they ran
    static List<String> of(Release target, Processes next, List<Release> since, List<Run> commands) {
        List<String> warnings = new ArrayList<>();
        since.stream()
                .filter(release -> release.state() == ReleaseState.PENDING)
                .map(release -> "Release " + release.number() + " hasn't started yet; it is cancelled by this.")
                .forEach(warnings::add);
        commands.stream()
                .filter(run -> run.startedAt() != null)
                .sorted(Comparator.comparing(Run::releaseId))
                .map(run -> ran(run, since))
                .forEach(warnings::add);
        if (!next.equals(target.processes())) {
            warnings.add(
                    "The app's settings aren't rolled back: the next build runs with the process settings of today,"
                            + " not with those of release " + target.number() + ".");
        }
        return warnings;
    }

    private static String ran(Run run, List<Release> since) {
        String release = since.stream()
                .filter(r -> r.id() == run.releaseId())
                .map(r -> "Release " + r.number())
                .findFirst()
                .orElse("A release");
        String how = run.state() == RunState.FAILED ? ", which failed" : "";
        return release + " ran its release command (" + Words.join(run.command()) + ")" + how
                + ". What it changed, in a database for example, isn't undone by a rollback.";
    }
}
