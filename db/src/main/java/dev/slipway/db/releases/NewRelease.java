package dev.slipway.db.releases;

import org.jspecify.annotations.Nullable;

/// A release to be made. Config and process are the app's present ones, or those of `rollbackOf`.
public record NewRelease(
        long appId,
        long imageId,
        ReleaseCause cause,
        @Nullable Long rollbackOf,
        String createdBy) {}
