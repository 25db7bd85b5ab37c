package dev.slipway.ui.door;

import dev.slipway.platform.door.DoorService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import org.springframework.stereotype.Component;

/// What the page of an app's door is made from.
@Component
record DoorParts(DoorService doors, LiveUpdates live, CurrentUser user) {}
