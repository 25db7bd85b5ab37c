package dev.slipway.db.builds;

/// Why a build is in its state; the sentence is in its message.
public enum BuildReason {
    NO_DOCKERFILE,
    DOCKERFILE_INVALID,
    STEP_FAILED,
    BASE_IMAGE_UNAVAILABLE,
    BAD_CONTEXT,
    /// slipway.yml
    BAD_PROCESS_FILE,
    SECRET_MISSING,
    TIMED_OUT,
    OUT_OF_MEMORY,
    ENGINE_UNAVAILABLE,
    REGISTRY_UNAVAILABLE,
    DISK_FULL,
    WORKER_LOST,
    INTERNAL,
    CANCELLED_BY_USER,
    NEWER_COMMIT,
    /// succeeded, but automatic deploys are paused: its image has no release
    DEPLOYS_PAUSED
}
