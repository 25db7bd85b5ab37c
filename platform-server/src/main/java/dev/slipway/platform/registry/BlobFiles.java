package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Verified blobs: `blobs/<algorithm>/<first two hex digits>/<hex>`.
final class BlobFiles {
    private final Path directory;

    BlobFiles(Path registry) {
        this.directory = registry.resolve("blobs");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(Digest digest) {
        return parent(digest).resolve(digest.hex());
    }

    private Path parent(Digest digest) {
        return directory.resolve(digest.algorithm()).resolve(digest.hex().substring(0, 2));
    }

    /// Moves a verified, synced file to the digest's place. When this returns, it is there even after a power
    /// cut. A file that is there already is replaced: it has the same bytes, or it was damaged.
    void publish(Path verified, Digest digest) throws IOException {
        Path parent = parent(digest);
        try {
            Files.move(verified, path(digest), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException firstOfItsDirectory) {
            makeDirectory(directory, digest.algorithm());
            makeDirectory(directory.resolve(digest.algorithm()), digest.hex().substring(0, 2));
            Files.move(verified, path(digest), StandardCopyOption.ATOMIC_MOVE);
        }
        sync(parent);
    }

    /// Syncs even when another has just made it, for that one may not have come so far.
    private static void makeDirectory(Path parent, String name) throws IOException {
        Files.createDirectories(parent.resolve(name));
        sync(parent);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
