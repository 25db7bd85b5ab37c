package dev.slipway.db.builds;

import dev.slipway.db.images.Digest;
import org.jspecify.annotations.Nullable;

/// How an attempt ended. Failed is the user's result; errored is ours.
public sealed interface BuildOutcome {
    /// The image is whole in the registry. `imageId` is its config's digest.
    record Succeeded(
            Digest digest,
            Digest imageId,
            long sizeBytes,
            @Nullable Integer exposedPort) implements BuildOutcome {}

    /// `line` is the Dockerfile's line, `exitCode` the failed command's, when known.
    record Failed(
            BuildReason reason,
            String message,
            @Nullable Integer line,
            @Nullable Integer exitCode) implements BuildOutcome {}

    /// `retry`: another attempt may go better.
    record Errored(BuildReason reason, String message, boolean retry) implements BuildOutcome {}

    /// Its worker was told to end: nothing failed, and the next one begins again.
    record GivenBack(String message) implements BuildOutcome {}

    record Cancelled(String by) implements BuildOutcome {}
}
