package dev.slipway.ui.storage;

import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.storage.VolumeService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import org.springframework.stereotype.Component;

/// What pages about volumes are made from.
@Component
record StorageParts(VolumeService volumes, AppService apps, LiveUpdates live, CurrentUser user) {}
