package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.Mount;
import dev.slipway.runtime.engine.VolumeSpec;

/// A volume as the instances of one process type have it.
///
/// @param id of its row
/// @param of which it is for people: `shop/data`
/// @param volume what the engine knows of it
/// @param mount where it is
record Storage(long id, String of, VolumeSpec volume, Mount mount) {
    String name() {
        return volume.name();
    }

    boolean written() {
        return !mount.readOnly();
    }

    /// The same for whoever can only read it.
    Storage reading() {
        return new Storage(id, of, volume, new Mount(mount.volume(), mount.path(), true));
    }

    /// Whoever has it elsewhere, or otherwise, is another instance.
    String fingerprint() {
        return name() + " " + mount.path() + (mount.readOnly() ? " ro" : "");
    }
}
