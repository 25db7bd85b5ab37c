package dev.slipway.platform.releases;

import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import java.util.ArrayList;
import java.util.List;

/// What one should know before going back, beyond what will be different. Pure.
final class RollbackWarnings {
    private RollbackWarnings() {}

    /// @param settings the process settings of the app, which its next build takes
    /// @param since the releases that came after the target
    static List<String> of(Release target, Processes settings, List<Release> since) {
        List<String> warnings = new ArrayList<>();
        since.stream()
                .filter(release -> release.state() == ReleaseState.PENDING)
                .map(release -> "Release " + release.number() + " hasn't started yet; it is cancelled by this.")
                .forEach(warnings::add);
        if (!settings.equals(target.processes())) {
            warnings.add(
                    "The app's settings aren't rolled back: the next build runs with the process settings of today,"
                            + " not with those of release " + target.number() + ".");
        }
        return warnings;
    }
}
