package dev.slipway.platform.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A config version as anybody may see it: names, never values.
///
/// @param version 0 when nothing was ever set; `createdBy` and `createdAt` are null then
/// @param names in order
/// @param release the number of the release that takes it to where the app runs, when this was a change that made one
public record Config(
        int version,
        List<String> names,
        @Nullable String createdBy,
        @Nullable Instant createdAt,
        @Nullable Integer release) {}
