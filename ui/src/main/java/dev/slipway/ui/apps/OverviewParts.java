package dev.slipway.ui.apps;

import dev.slipway.platform.apps.AppOverview;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.commands.ScheduleService;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.ui.builds.BuildParts;
import dev.slipway.ui.live.LiveUpdates;
import org.springframework.stereotype.Component;

/// What the overview of an app is made from.
@Component
record OverviewParts(
        AppService apps,
        AppOverview overview,
        BuildParts builds,
        ReleaseService releases,
        ScheduleService schedules,
        PushGuides guides,
        LiveUpdates live) {}
