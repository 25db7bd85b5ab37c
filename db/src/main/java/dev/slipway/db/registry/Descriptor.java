package dev.slipway.db.registry;

import dev.slipway.db.images.Digest;

/// What a manifest says of content it refers to (image spec, descriptor.md). `size` in bytes.
public record Descriptor(Digest digest, long size) {}
