package dev.slipway.platform.source;

import dev.slipway.db.builds.Commit;
import java.util.List;

/// What lies between two commits of an app's repository.
///
/// @param added commits that the second has and the first hasn't, newest first
/// @param removed commits that the first has and the second hasn't, newest first
/// @param more whether there are more than are listed
public record CommitRange(Relation relation, List<Commit> added, List<Commit> removed, boolean more) {
    public CommitRange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /// How the second commit stands to the first.
    public enum Relation {
        SAME,
        /// the first is its ancestor: a step forward
        AHEAD,
        /// it is the first's ancestor: a step back
        BEHIND,
        /// neither is the other's ancestor
        DIVERGED,
        /// one of them isn't in the repository any more
        UNKNOWN
    }

    static CommitRange empty(Relation relation) {
        return new CommitRange(relation, List.of(), List.of(), false);
    }
}
