package dev.slipway.ui.builds;

import dev.slipway.platform.builds.BuildService;
import dev.slipway.platform.releases.Deploys;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import org.springframework.stereotype.Component;

/// What pages about builds are made from.
@Component
public record BuildParts(
        BuildService builds, ReleaseService releases, Deploys deploys, LiveUpdates live, CurrentUser user) {}
