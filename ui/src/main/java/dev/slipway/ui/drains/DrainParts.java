package dev.slipway.ui.drains;

import dev.slipway.platform.drains.DrainService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import org.springframework.stereotype.Component;

/// What the page of an app's log drains is made from.
@Component
record DrainParts(DrainService drains, LiveUpdates live, CurrentUser user) {}
