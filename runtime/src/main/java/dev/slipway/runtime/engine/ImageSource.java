package dev.slipway.runtime.engine;

import dev.slipway.db.images.Digest;
import org.jspecify.annotations.Nullable;

/// An image: by the engine's id of it, and by its name and manifest digest in our registry. `digest` is null
/// before it was pushed there.
///
/// @param imageId digest of the image's config
/// @param repository the registry's name for the app's images
public record ImageSource(
        Digest imageId, String repository, @Nullable Digest digest) {}
