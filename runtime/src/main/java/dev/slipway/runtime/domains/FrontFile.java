package dev.slipway.runtime.domains;

import dev.slipway.db.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was last read, on disk, so that domains are served from the first moment after a restart, even without a
/// database. Only its owner can read it, and keys in it are encrypted.
final class FrontFile {
    private static final Logger log = LoggerFactory.getLogger(FrontFile.class);

    private final Path file;

    FrontFile(Path home) {
        this.file = home.resolve("runtime").resolve("domains.json");
    }

    /// Empty when there is no file, or a damaged one, with a word in the log.
    Optional<Known> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readString(file), Known.class));
        } catch (IOException | IllegalStateException e) {
            log.warn("can't read {}", file, e);
            return Optional.empty();
        }
    }

    /// Replaces the file in one step; synced to disk when it returns.
    ///
    /// @return false when it can't, with a word in the log
    boolean save(Known known) {
        Path draft = file.resolveSibling("domains.json.new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.wrap(Json.write(known).getBytes(StandardCharsets.UTF_8));
                while (content.hasRemaining()) {
                    out.write(content);
                }
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
            return true;
        } catch (IOException e) {
            log.error(
                    "can't write {}: after a restart, old domains would be served until the database is read", file, e);
            return false;
        }
    }
}
