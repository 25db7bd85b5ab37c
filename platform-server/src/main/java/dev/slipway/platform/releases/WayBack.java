package dev.slipway.platform.releases;

import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.config.ConfigVersions.Environment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether one can go back to a release, and in which ways. Pure.
///
/// @param kinds none: not at all, for the reason `refusal`
record WayBack(List<RollbackKind> kinds, @Nullable String refusal) {

    /// What a release is, exactly.
    record Content(Digest image, Environment config, Processes processes) {}

    /// A release's state and content, and what is wrong with its image.
    record Target(
            ReleaseState state, Content content, @Nullable String imageProblem) {
        /// What is missing or damaged.
        @Nullable
        String problem() {
            return imageProblem != null
                    ? imageProblem
                    : content.config() instanceof Environment.Broken(String reason) ? reason : null;
        }
    }

    /// @param live what has the traffic; null when nothing has
    static WayBack to(Target target, @Nullable Content live) {
        String state = refusal(target.state());
        if (state != null) {
            return new WayBack(List.of(), state);
        }
        if (live == null) {
            return new WayBack(List.of(), "nothing is live that one could go back from");
        }
        if (target.imageProblem() != null) {
            return new WayBack(List.of(), target.imageProblem());
        }
        List<RollbackKind> kinds = new ArrayList<>();
        boolean whole = target.content().config() instanceof Environment.Whole;
        if (whole && !target.content().equals(live)) {
            kinds.add(RollbackKind.IMAGE_AND_CONFIG);
        }
        if (!target.content().image().equals(live.image())) {
            kinds.add(RollbackKind.IMAGE);
        }
        if (!kinds.isEmpty()) {
            return new WayBack(kinds, null);
        }
        return new WayBack(
                List.of(), whole ? "the same image, config and process settings are live already" : target.problem());
    }

    private static @Nullable String refusal(ReleaseState state) {
        return switch (state) {
            case RETIRED -> null;
            case LIVE -> "it is live already";
            case PENDING, STARTING -> "it is on its way";
            case FAILED -> "it never got healthy";
            case CANCELLED -> "it was cancelled before it started";
        };
    }
}
