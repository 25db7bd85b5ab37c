package dev.slipway.ui.storage;

import dev.slipway.db.volumes.Mounting;
import dev.slipway.db.volumes.VolumeSize;
import dev.slipway.ui.parts.FileSize;
import org.jspecify.annotations.Nullable;

/// What is said about volumes.
final class VolumeWords {
    private VolumeWords() {}

    /// `Written by web, read by worker`
    static String access(Mounting mounting) {
        String readers = "ead by " + String.join(", ", mounting.readers());
        if (mounting.writer() == null) {
            return "R" + readers;
        }
        return "Written by " + mounting.writer() + (mounting.readers().isEmpty() ? "" : ", r" + readers);
    }

    static String size(@Nullable VolumeSize size) {
        if (size == null) {
            return "Not measured yet";
        }
        return size.whole() ? FileSize.words(size.bytes()) : "More than " + FileSize.words(size.bytes());
    }
}
