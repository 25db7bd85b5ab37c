package dev.slipway.runtime.drains;

import dev.slipway.db.Json;
import dev.slipway.runtime.records.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a drain has come, on disk. What is sent again after a crash is what came since the last batch.
///
/// @param output the last line of the instances' output that arrived, null before the first
/// @param requests the same of requests
/// @param lines how many have arrived
/// @param lost bytes that were gone before they could be sent
record Progress(@Nullable String output, @Nullable String requests, long lines, long lost) {
    private static final Logger log = LoggerFactory.getLogger(Progress.class);
    static final Progress NONE = new Progress(null, null, 0, 0);

    /// Empty when nobody knows, with a word in the log.
    static Optional<Progress> load(Path file) {
        try {
            return Optional.of(Files.exists(file) ? Json.read(Files.readString(file), Progress.class) : NONE);
        } catch (IOException | IllegalStateException e) {
            log.warn("can't read {}, so the drain goes on from now", file);
            return Optional.empty();
        }
    }

    void save(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(draft, Json.write(this));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            log.warn("can't write {}: lines may be sent twice after a restart", file, e);
        }
    }

    static @Nullable Position position(@Nullable String text) {
        return text == null ? null : Position.parse(text).orElse(null);
    }
}
