package dev.slipway.db.registry;

import dev.slipway.db.images.Digest;

/// A manifest without its content. `size` in bytes.
public record ManifestHead(Digest digest, String mediaType, long size) {}
