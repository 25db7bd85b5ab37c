package dev.slipway.platform.api;

import dev.slipway.db.volumes.Mounting;
import dev.slipway.platform.Problem;
import dev.slipway.platform.storage.VolumeDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a volume is mounted, to be changed.
record VolumeOptions(
        @Nullable String path,
        @Nullable String writer,
        @Nullable List<String> readers) {

    static VolumeOptions of(Mounting mounting) {
        return new VolumeOptions(mounting.path().value(), mounting.writer(), mounting.readers());
    }

    VolumeDraft toDraft(String name) {
        if (path == null) {
            throw Problem.invalid("path can't be null: where is the volume mounted?");
        }
        return new VolumeDraft(name, path, writer, readers == null ? List.of() : readers);
    }
}
