package dev.slipway.platform.drains;

import dev.slipway.db.drains.Drain;
import org.jspecify.annotations.Nullable;

/// A drain and how it does; null when the runtime tier can't say so.
public record DrainView(Drain drain, @Nullable DrainHealth health) {}
