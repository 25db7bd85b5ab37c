package dev.slipway.runtime.engine;

import java.util.Map;

/// A volume that a container is to have.
///
/// @param name without the installation's prefix
/// @param made before: if it isn't there any more, its data are lost, and an empty one mustn't take its place
public record VolumeSpec(String name, Map<String, String> labels, boolean made) {
    public VolumeSpec {
        labels = Map.copyOf(labels);
    }
}
