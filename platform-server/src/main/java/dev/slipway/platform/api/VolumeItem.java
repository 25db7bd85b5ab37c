package dev.slipway.platform.api;

import dev.slipway.db.volumes.Volume;
import dev.slipway.db.volumes.VolumeSize;
import dev.slipway.platform.storage.VolumeView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A volume as the API shows it.
record VolumeItem(
        long id,

        @Schema(description = "The app that has it, or had it last")
        String app,

        boolean appDeleted,
        String name,

        @Schema(description = "False: no app mounts it, and its data are kept")
        boolean attached,

        @Schema(description = "Where instances find it; of a detached one where they found it last")
        String path,

        @Schema(description = "The process type that writes it, with one instance at most") @Nullable
        String writer,

        @Schema(description = "Process types that only read it")
        List<String> readers,

        @Nullable Size size,
        String createdBy,
        Instant createdAt,
        @Nullable Instant detachedAt) {

    /// How large its files were; `whole` is false when there are more, too many to be counted.
    record Size(long bytes, boolean whole, Instant at) {
        static Size of(VolumeSize size) {
            return new Size(size.bytes(), size.whole(), size.at());
        }
    }

    /// Of an app that is there.
    static VolumeItem of(Volume volume) {
        return of(new VolumeView(volume, false));
    }

    static VolumeItem of(VolumeView view) {
        Volume volume = view.volume();
        return new VolumeItem(
                volume.id(),
                volume.app(),
                view.appDeleted(),
                volume.name().value(),
                volume.attached(),
                volume.mounting().path().value(),
                volume.mounting().writer(),
                volume.mounting().readers(),
                volume.size() == null ? null : Size.of(volume.size()),
                volume.createdBy(),
                volume.createdAt(),
                volume.detachedAt());
    }
}
