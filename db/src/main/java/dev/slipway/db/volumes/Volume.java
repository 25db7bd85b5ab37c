package dev.slipway.db.volumes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A volume of an app, or one that is kept.
///
/// @param app name of the app that has it, or had it last; that one may be deleted
/// @param storage its name in the engine, without the installation's
/// @param mounting of one that is detached: as it was last
/// @param detachedAt null: its app mounts it
/// @param made it is, or was, in the engine
/// @param deletedBy who wants its data removed; null: it is kept
/// @param size null: nobody has looked yet
public record Volume(
        long id,
        long appId,
        String app,
        VolumeName name,
        String storage,
        Mounting mounting,
        String createdBy,
        Instant createdAt,
        @Nullable Instant detachedAt,
        boolean made,
        @Nullable String deletedBy,
        @Nullable VolumeSize size) {

    public boolean attached() {
        return detachedAt == null;
    }

    /// Whether the one instance of this process type writes it.
    public boolean writtenBy(String type) {
        return attached() && type.equals(mounting.writer());
    }

    /// Whether instances of this process type have it.
    public boolean mountedBy(String type) {
        return attached() && mounting.types().contains(type);
    }
}
