package dev.slipway.db.releases;

/// Why a release failed or was cancelled; the sentence is in its message.
public enum ReleaseReason {
    NO_PORT,
    LISTENS_ON_LOOPBACK,
    NOT_LISTENING,
    UNHEALTHY,
    EXITED,
    OUT_OF_MEMORY,
    PROCESS_LIMIT,
    IMAGE_UNAVAILABLE,
    RELEASE_COMMAND_FAILED,
    ENGINE_UNAVAILABLE,
    INTERNAL,
    NEWER_RELEASE,
    APP_DELETED
}
