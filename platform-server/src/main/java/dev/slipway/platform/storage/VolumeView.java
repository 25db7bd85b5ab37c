package dev.slipway.platform.storage;

import dev.slipway.db.volumes.Volume;

/// A volume, and whether the app that has it, or had it last, was deleted.
public record VolumeView(Volume volume, boolean appDeleted) {}
