package dev.slipway.runtime.rollout;

import java.nio.file.Path;
import java.time.Duration;

/// @param home of the installation
/// @param domain apps are `<app>.<domain>`: what probes say in `Host`
/// @param standby how long the release before the live one is kept frozen; zero: not at all
/// @param standbyBytes of memory that all frozen instances may use together
/// @param mostCommands that people and schedules asked for run at the same time, over all apps
public record RolloutSettings(Path home, String domain, Duration standby, long standbyBytes, int mostCommands) {}
