package dev.slipway.platform.source;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.CommitId;

/// What became of an app's head.
sealed interface Receipt {
    /// A build of it is in the queue; committed.
    record Queued(Build build) implements Receipt {}

    /// It was decided on before; nothing new.
    record AlreadySeen(CommitId head) implements Receipt {}

    /// The app's branch doesn't exist (yet), or the app no longer does.
    record NoHead() implements Receipt {}
}
