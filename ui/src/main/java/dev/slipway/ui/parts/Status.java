package dev.slipway.ui.parts;

import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.apps.AppSummary.Health;

/// A state as people read it: a word and a tone.
public record Status(String word, Tone tone) {

    public static Status of(Health health) {
        return switch (health) {
            case NEW -> new Status("Waiting for code", Tone.NEUTRAL);
            case BUILDING -> new Status("Building", Tone.ACTIVE);
            case RELEASING -> new Status("Going live", Tone.ACTIVE);
            case LIVE -> new Status("Live", Tone.GOOD);
            case ASLEEP -> new Status("Asleep", Tone.NEUTRAL);
            case LIVE_LAST_FAILED -> new Status("Live, last change failed", Tone.WARN);
            case FAILED -> new Status("Failed", Tone.BAD);
            case UNHEALTHY -> new Status("Unhealthy", Tone.BAD);
            case DOWN -> new Status("Down", Tone.BAD);
        };
    }

    public static Status of(BuildState state) {
        return switch (state) {
            case QUEUED -> new Status("Queued", Tone.NEUTRAL);
            case RUNNING -> new Status("Building", Tone.ACTIVE);
            case SUCCEEDED -> new Status("Succeeded", Tone.GOOD);
            case FAILED -> new Status("Failed", Tone.BAD);
            case ERRORED -> new Status("Platform error", Tone.BAD);
            case CANCELLED -> new Status("Cancelled", Tone.NEUTRAL);
            case SUPERSEDED -> new Status("Skipped", Tone.NEUTRAL);
        };
    }

    public static Status of(ReleaseState state) {
        return switch (state) {
            case PENDING -> new Status("Waiting", Tone.NEUTRAL);
            case STARTING -> new Status("Starting", Tone.ACTIVE);
            case LIVE -> new Status("Live", Tone.GOOD);
            case RETIRED -> new Status("Previous", Tone.NEUTRAL);
            case FAILED -> new Status("Failed", Tone.BAD);
            case CANCELLED -> new Status("Cancelled", Tone.NEUTRAL);
        };
    }

    public static Status of(Instance.State state) {
        return switch (state) {
            case STARTING -> new Status("Starting", Tone.ACTIVE);
            case HEALTHY -> new Status("Ready", Tone.ACTIVE);
            case SERVING -> new Status("Serving", Tone.GOOD);
            case STANDBY -> new Status("Standby", Tone.NEUTRAL);
            case UNHEALTHY -> new Status("Unhealthy", Tone.WARN);
            case DRAINING -> new Status("Finishing requests", Tone.NEUTRAL);
            case STOPPED -> new Status("Stopped", Tone.NEUTRAL);
            case FAILED -> new Status("Failed", Tone.BAD);
        };
    }

    public static Status of(BuildStep.State state) {
        return switch (state) {
            case RUNNING -> new Status("Running", Tone.ACTIVE);
            case DONE -> new Status("Done", Tone.GOOD);
            case CACHED -> new Status("Cached", Tone.NEUTRAL);
            case FAILED -> new Status("Failed", Tone.BAD);
            case CANCELLED -> new Status("Cancelled", Tone.NEUTRAL);
        };
    }
}
