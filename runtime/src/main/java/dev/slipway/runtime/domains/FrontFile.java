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

    /// A missing file is nothing known; a damaged one too, with a word in the log.
    Known load() {
        if (!Files.exists(file)) {
            return Known.NOTHING;
        }
        try {
            return Json.read(Files.readString(file), Known.class);
        } catch (IOException | IllegalStateException e) {
            log.warn("can't read {}, so domains are served again only when the database was read", file);
            return Known.NOTHING;
        }
    }

    /// Replaces the file in one step; synced to disk when it returns.
    void save(Known known) {
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
        } catch (IOException e) {
            log.error(
                    "can't write {}: after a restart, old domains would be served until the database is read", file, e);
        }
    }
}
