package dev.slipway.ui.commands;

import dev.slipway.platform.commands.RunService;
import dev.slipway.platform.commands.ScheduleService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import org.springframework.stereotype.Component;

/// What the pages of an app's commands are made from.
@Component
record CommandParts(RunService runs, ScheduleService schedules, LiveUpdates live, CurrentUser user) {}
