package dev.slipway.db.images;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Version `version` of an app's image. `digest` names its manifest in our registry, `imageId` its config (the
/// engine's image id).
public record ImageVersion(
        long id,
        long appId,
        int version,
        long buildId,
        Digest digest,
        Digest imageId,
        long sizeBytes,
        @Nullable Integer exposedPort,
        Instant createdAt) {}
