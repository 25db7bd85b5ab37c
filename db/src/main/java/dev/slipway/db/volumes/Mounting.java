package dev.slipway.db.volumes;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where an app's instances find a volume. One process type at most may write: its only instance, so that there
/// are never two writers at once.
///
/// @param path the same in all process types
/// @param writer process type; null: none writes
/// @param readers process types that can only read
public record Mounting(MountPath path, @Nullable String writer, List<String> readers) {
    private static final int MOST_READERS = 20;

    /// @throws IllegalArgumentException with a message for the user
    public Mounting {
        readers = readers.stream().distinct().sorted().toList();
        if (writer == null && readers.isEmpty()) {
            throw new IllegalArgumentException("A volume needs a process type that mounts it.");
        }
        if (writer != null && readers.contains(writer)) {
            throw new IllegalArgumentException(
                    "\"" + writer + "\" can't both write a volume and only read it: name it once.");
        }
        if (readers.size() > MOST_READERS) {
            throw new IllegalArgumentException("At most " + MOST_READERS + " process types can read a volume.");
        }
    }

    /// Those that mount it.
    public List<String> types() {
        return Stream.concat(Stream.ofNullable(writer), readers.stream()).toList();
    }

    /// `/data, written by web, read by worker`
    public String words() {
        return path
                + (writer == null ? "" : ", written by " + writer)
                + (readers.isEmpty() ? "" : ", read by " + String.join(", ", readers));
    }
}
