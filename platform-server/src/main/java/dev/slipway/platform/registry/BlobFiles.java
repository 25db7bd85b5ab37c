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
import java.util.function.BiConsumer;
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

    /// The size in bytes of a blob that must be there; -1 when it isn't. What lies in the trash comes back.
    long size(Digest digest) throws IOException {
        try {
            return Files.size(path(digest));
        } catch (NoSuchFileException missing) {
            return restore(digest) ? Files.size(path(digest)) : -1;
        }
    }

    /// Something in the trash, and when it came there.
    record Discarded(Digest digest, Instant since) {}

    List<Discarded> discarded() throws IOException {
        List<Discarded> found = new ArrayList<>();
        list(
                trash,
                (name, since) -> digest(name.replaceFirst("-", ":"))
                        .ifPresent(digest -> found.add(new Discarded(digest, since))));
        return found;
    }

    /// Deletes something in the trash, if it is there.
    ///
    /// @return the space that it took, in bytes
    long delete(Digest discarded) throws IOException {
        Path file = inTrash(discarded);
        try {
            long size = Files.size(file);
            Files.delete(file);
            return size;
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    /// The directories that hold blobs.
    List<Path> parts() throws IOException {
        List<Path> parts = new ArrayList<>();
        for (Path algorithm : children(directory)) {
            parts.addAll(children(algorithm));
        }
        return parts;
    }

    /// Blobs in one of [#parts] that were published before that time.
    List<Digest> publishedBefore(Instant time, Path part) throws IOException {
        List<Digest> digests = new ArrayList<>();
        list(
                part,
                (name, published) -> digest(directory.relativize(part).getName(0) + ":" + name)
                        .filter(digest -> published.isBefore(time))
                        .ifPresent(digests::add));
        return digests;
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    /// Each file's name, and when it was changed.
    private static void list(Path directory, BiConsumer<String, Instant> each) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                try {
                    each.accept(
                            file.getFileName().toString(),
                            Files.getLastModifiedTime(file).toInstant());
                } catch (NoSuchFileException gone) {
                    // another took it
                }
            }
        }
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
