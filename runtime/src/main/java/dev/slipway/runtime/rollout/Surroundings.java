package dev.slipway.runtime.rollout;

import dev.slipway.runtime.router.Routes;
import java.util.concurrent.ExecutorService;

/// What every app's supervisor works with.
///
/// @param writers which volumes are in use
/// @param places which commands run
/// @param tasks runs what takes long, each on a thread of its own
/// @param refresh reads the tables again, now, and tells all supervisors
record Surroundings(
        Tables tables,
        InstanceRows rows,
        Routes routes,
        RouteFile routeFile,
        Starter starter,
        Freezer freezer,
        Watch watch,
        RunContainers runContainers,
        Writers writers,
        Places places,
        ExecutorService tasks,
        Runnable refresh) {}
