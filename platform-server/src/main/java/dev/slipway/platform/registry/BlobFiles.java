package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Verified blobs: `blobs/<algorithm>/<first two hex digits>/<hex>`. What is thrown away waits in
/// `trash/<algorithm>-<hex>`
/// first, from where it can be had back.
final class BlobFiles {
    private final Path directory;
    private final Path trash;

    BlobFiles(Path registry) {
        this.directory = registry.resolve("blobs");
        this.trash = registry.resolve("trash");
        try {
            Files.createDirectories(directory);
            Files.createDirectories(trash);
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

    /// Throws the file away, if there is one.
    void discard(Digest digest) throws IOException {
        try {
            Files.setLastModifiedTime(path(digest), FileTime.from(Instant.now())); // since when it lies in the trash
            Files.move(path(digest), inTrash(digest), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            // nothing to throw away
        }
    }

    /// Takes the file out of the trash again, unless it is in its place. False when it is nowhere.
    boolean restore(Digest digest) throws IOException {
        if (Files.exists(path(digest))) {
            return true;
        }
        try {
            Files.move(inTrash(digest), path(digest), StandardCopyOption.ATOMIC_MOVE);
            sync(parent(digest));
            return true;
        } catch (NoSuchFileException gone) {
            return Files.exists(path(digest)); // another may have been faster
        }
    }

    /// What was thrown away before that time.
    List<Digest> discardedBefore(Instant time) throws IOException {
        return olderThan(time, trash).stream()
                .flatMap(name -> digest(name.replaceFirst("-", ":")).stream())
                .toList();
    }

    /// Deletes something in the trash.
    ///
    /// @return the space that it took, in bytes
    long delete(Digest discarded) throws IOException {
        Path file = inTrash(discarded);
        long size = Files.size(file);
        Files.delete(file);
        return size;
    }

    /// Blobs that were published before that time, a directory's at a time.
    void publishedBefore(Instant time, Consumer<List<Digest>> each) throws IOException {
        for (Path algorithm : children(directory)) {
            for (Path part : children(algorithm)) {
                each.accept(olderThan(time, part).stream()
                        .flatMap(name -> digest(algorithm.getFileName() + ":" + name).stream())
                        .toList());
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static List<String> olderThan(Instant time, Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                        names.add(file.getFileName().toString());
                    }
                } catch (NoSuchFileException gone) {
                    // another took it
                }
            }
        }
        return names;
    }

    /// Files that aren't ours have other names, and are left alone.
    private static Optional<Digest> digest(String value) {
        try {
            return Optional.of(new Digest(value));
        } catch (IllegalArgumentException strange) {
            return Optional.empty();
        }
    }

    private Path inTrash(Digest digest) {
        return trash.resolve(digest.algorithm() + "-" + digest.hex());
    }
}
