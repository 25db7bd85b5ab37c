package dev.slipway.runtime.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Adds up the sizes of a directory's files. What an app makes there can be anything: links aren't followed, files
/// with several names count once, and there are limits on depth, number and time.
final class VolumeWalk {
    private static final int DEEPEST = 100;
    private static final int MOST_FILES = 1_000_000;
    private static final int MOST_LINKED = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final int mostFiles;
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private final Set<Object> linked = new HashSet<>();
    private long bytes;
    private int files;
    private boolean whole = true;

    private VolumeWalk(int mostFiles) {
        this.mostFiles = mostFiles;
    }

    /// Empty when there is no such directory here, or it can't be read.
    static Optional<VolumeUsage> of(Path directory) {
        return of(directory, MOST_FILES);
    }

    static Optional<VolumeUsage> of(Path directory, int mostFiles) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(directory)) {
            return Optional.empty();
        }
        VolumeWalk walk = new VolumeWalk(mostFiles);
        try {
            Files.walkFileTree(directory, Set.of(), DEEPEST, walk.visitor());
        } catch (IOException e) {
            walk.whole = false;
        }
        return Optional.of(new VolumeUsage(walk.bytes, walk.whole));
    }

    private FileVisitor<Path> visitor() {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isDirectory()) {
                    whole = false; // deeper than anybody looks
                } else if (attributes.isRegularFile() && firstName(file, attributes)) {
                    bytes += attributes.size();
                }
                return next();
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException vanished) {
                return next();
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException e) {
                return next();
            }
        };
    }

    private boolean firstName(Path file, BasicFileAttributes attributes) {
        try {
            boolean several = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names
                    && names > 1
                    && linked.size() < MOST_LINKED;
            return !several || linked.add(attributes.fileKey());
        } catch (IOException vanished) {
            return false;
        }
    }

    private FileVisitResult next() {
        if (++files < mostFiles && System.nanoTime() < end) {
            return FileVisitResult.CONTINUE;
        }
        whole = false;
        return FileVisitResult.TERMINATE;
    }
}
