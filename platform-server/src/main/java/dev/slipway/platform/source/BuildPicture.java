package dev.slipway.platform.source;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.db.runs.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A build and what came of it, at one moment.
///
/// @param waiting why it waits, when it does
/// @param log lines not told before
/// @param command the release's command, when it has one
/// @param instances of the release, while it starts
/// @param live the number of the release that has the traffic
record BuildPicture(
        Build build,
        @Nullable String waiting,
        List<BuildStep> steps,
        List<String> log,
        @Nullable ImageVersion image,
        @Nullable Release release,
        @Nullable Run command,
        List<Instance> instances,
        @Nullable Integer live) {}
