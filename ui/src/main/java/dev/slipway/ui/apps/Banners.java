package dev.slipway.ui.apps;

import dev.slipway.platform.door.DoorService;
import dev.slipway.platform.releases.Deploys;
import dev.slipway.ui.access.CurrentUser;
import org.springframework.stereotype.Component;

/// What the banners over an app's pages are made from.
@Component
record Banners(Deploys deploys, DoorService doors, CurrentUser user) {}
