package dev.slipway.platform.registry;

import dev.slipway.db.registry.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Uploads that aren't finished: `uploads/<id>~<repository>`. The file is all there is to an upload, so it
/// outlives a restart; only the digest of what came so far is kept in memory, and made anew when it is missing.
final class Uploads {
    private static final int MOST = 10_000;

    private final Path directory;
    private final RegistrySettings settings;
    private final DiskSpace space;
    private final Map<String, Progress> inMemory = new ConcurrentHashMap<>();

    /// What is known of an upload in this process. `writer` has one permit: one writer at a time.
    record Progress(RunningDigest digest, Semaphore writer) {
        Progress(String algorithm) {
            this(new RunningDigest(algorithm), new Semaphore(1));
        }
    }

    Uploads(RegistrySettings settings, DiskSpace space) {
        this.directory = settings.directory().resolve("uploads");
        this.settings = settings;
        this.space = space;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Begins an upload, whose one writer the caller is until it closes it.
    Upload begin(RepositoryName repository, UploadId id, String algorithm) throws IOException {
        if (inMemory.size() >= MOST) {
            throw new RegistryException(
                    ErrorCode.TOOMANYREQUESTS,
                    "There are " + MOST + " unfinished uploads. Finish or cancel some, then push again.");
        }
        Path file = file(repository, id);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Progress progress = new Progress(algorithm);
        progress.writer().acquireUninterruptibly();
        inMemory.put(file.toString(), progress);
        return new Upload(this, file, channel, progress);
    }

    /// Continues an upload, whose one writer the caller is until it closes it.
    ///
    /// @throws RegistryException when there is no such upload, or another request is writing to it
    Upload open(RepositoryName repository, UploadId id) throws IOException {
        Path file = file(repository, id);
        if (!Files.exists(file)) {
            throw unknown();
        }
        Progress progress = inMemory.computeIfAbsent(file.toString(), f -> new Progress("sha256"));
        if (!progress.writer().tryAcquire()) {
            String sentence =
                    "Another request is writing to this upload. Wait for it, ask for the offset with GET, then go on from there.";
            throw new RegistryException(ErrorCode.BLOB_UPLOAD_INVALID, 409, sentence, Map.of());
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new Upload(this, file, channel, progress);
        } catch (NoSuchFileException finishedMeanwhile) {
            inMemory.remove(file.toString(), progress);
            progress.writer().release();
            throw unknown();
        } catch (IOException e) {
            progress.writer().release();
            throw e;
        }
    }

    /// The file is gone, so what is in memory goes too. In this order, or a request in between would begin to
    /// write to a file without a name.
    void forget(Path file) {
        inMemory.remove(file.toString());
    }

    DiskSpace space() {
        return space;
    }

    long largestBlob() {
        return settings.largestBlobBytes();
    }

    /// How many bytes came so far.
    ///
    /// @throws RegistryException when there is no such upload
    long size(RepositoryName repository, UploadId id) throws IOException {
        try {
            return Files.size(file(repository, id));
        } catch (NoSuchFileException gone) {
            throw unknown();
        }
    }

    /// Removes uploads that nobody has touched for the configured time; says how many.
    int removeIdle() throws IOException {
        Instant latest = Instant.now().minus(settings.idleUpload());
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                removed += isIdle(file, latest) && removeUnlessWritten(file, latest) ? 1 : 0;
            }
        }
        return removed;
    }

    private boolean removeUnlessWritten(Path file, Instant latest) throws IOException {
        Progress progress = inMemory.computeIfAbsent(file.toString(), f -> new Progress("sha256"));
        if (!progress.writer().tryAcquire()) {
            return false;
        }
        try {
            boolean removed = isIdle(file, latest) && Files.deleteIfExists(file);
            if (!Files.exists(file)) {
                forget(file);
            }
            return removed;
        } finally {
            progress.writer().release();
        }
    }

    private static boolean isIdle(Path file, Instant latest) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(latest);
        } catch (NoSuchFileException finishedMeanwhile) {
            return false;
        }
    }

    /// A repository's name has no `~`, so no two names share a file.
    private Path file(RepositoryName repository, UploadId id) {
        return directory.resolve(id + "~" + repository.value().replace('/', '~'));
    }

    private static RegistryException unknown() {
        return new RegistryException(
                ErrorCode.BLOB_UPLOAD_UNKNOWN,
                "There is no such upload: it was finished, cancelled, or idle for too long. Begin a new one.");
    }
}
