package dev.slipway.db.registry;

import dev.slipway.db.images.Digest;

/// A manifest with the bytes that were pushed.
public record Manifest(Digest digest, String mediaType, byte[] content) {}
