package dev.slipway.platform.storage;

import dev.slipway.db.volumes.MountPath;
import dev.slipway.db.volumes.Mounting;
import dev.slipway.db.volumes.VolumeName;
import dev.slipway.platform.Problem;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A volume as somebody wants it.
///
/// @param writer the process type that writes it; null: none
/// @param readers process types that only read it
public record VolumeDraft(
        String name, String path, @Nullable String writer, List<String> readers) {

    VolumeName checkedName() {
        return valid(() -> new VolumeName(name.strip()));
    }

    Mounting mounting() {
        return valid(() -> new Mounting(new MountPath(path.strip()), writer, readers));
    }

    private static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }
}
