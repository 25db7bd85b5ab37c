package dev.slipway.runtime.engine;

/// A volume in a container.
///
/// @param volume its name, as in [VolumeSpec]
/// @param path absolute
public record Mount(String volume, String path, boolean readOnly) {}
