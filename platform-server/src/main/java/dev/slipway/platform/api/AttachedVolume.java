package dev.slipway.platform.api;

import dev.slipway.db.volumes.Volume;
import dev.slipway.platform.storage.VolumeDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which app gets a volume that is kept. What is left out is as it was last.
record AttachedVolume(
        @NotNull(message = "app is missing: which one gets the volume?")
        String app,

        @Schema(description = "What it is called there") @Nullable
        String name,

        @Nullable String path,
        @Nullable String writer,
        @Nullable List<String> readers) {

    VolumeDraft toDraft(Volume volume) {
        boolean asBefore = writer == null && readers == null;
        return new VolumeDraft(
                Objects.requireNonNullElse(name, volume.name().value()),
                Objects.requireNonNullElse(path, volume.mounting().path().value()),
                asBefore ? volume.mounting().writer() : writer,
                asBefore ? volume.mounting().readers() : Objects.requireNonNullElse(readers, List.of()));
    }
}
