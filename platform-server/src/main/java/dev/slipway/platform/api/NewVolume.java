package dev.slipway.platform.api;

import dev.slipway.db.releases.Processes;
import dev.slipway.platform.storage.VolumeDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A volume to be added. Without a writer and readers web writes it.
record NewVolume(
        @Schema(description = "1 to 30 of a-z, 0-9 and '-', beginning with a letter")
        @NotNull(message = "name is missing: what is the volume called?")
        String name,

        @Schema(description = "Where instances find it, like /data")
        @NotNull(message = "path is missing: where is the volume mounted?")
        String path,

        @Nullable String writer,
        @Nullable List<String> readers) {

    VolumeDraft toDraft() {
        return new VolumeDraft(
                name,
                path,
                writer == null && readers == null ? Processes.WEB : writer,
                readers == null ? List.of() : readers);
    }
}
