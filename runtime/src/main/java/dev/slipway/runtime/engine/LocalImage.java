package dev.slipway.runtime.engine;

import dev.slipway.db.images.Digest;
import java.util.List;

/// An image that a build of this installation made, as the engine has it.
///
/// @param appId of the app it was built for
/// @param names what it can be had by: `repository:tag` and `repository@digest`
public record LocalImage(Digest id, long appId, List<String> names) {
    public LocalImage {
        names = List.copyOf(names);
    }
}
