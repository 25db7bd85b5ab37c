package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.Descriptor;
import dev.slipway.db.registry.GarbageStore;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/// Collects garbage while pushes and pulls go on: images to which no app can be rolled back by the rule of retention,
/// and blobs to which nothing refers.
///
/// Tables come first, files after them: a blob's row goes, then its file goes into the trash, then the row is looked
/// for again, because the same blob may have been pushed meanwhile. The trash is emptied by a later round. Wherever a
/// round is cut off, a file too many stays for the next one, or one in the trash, from where whoever needs it takes it
/// back.
final class GarbageSweep {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageSweep.class);
    private static final double MIB = 1024.0 * 1024.0;

    private final GarbageStore garbage;
    private final BlobFiles files;
    private final int keep;

    /// @param keep of how many releases and images of an app the manifests stay
    GarbageSweep(GarbageStore garbage, BlobFiles files, int keep) {
        this.garbage = garbage;
        this.files = files;
        this.keep = keep;
    }

    @Scheduled(initialDelay = 300_000, fixedDelay = 3_600_000)
    void run() {
        try {
            run(Duration.ofHours(24), Duration.ofMinutes(30));
        } catch (IOException | DirectoryIteratorException | DataAccessException | TransactionException e) {
            LOG.warn("couldn't collect the registry's garbage; the next round tries again ({})", e.toString());
        }
    }

    /// One round.
    ///
    /// @param grace what was pushed or asked for in this time isn't garbage
    /// @param trash how long files lie in the trash
    void run(Duration grace, Duration trash) throws IOException {
        long freed = emptyTrash(Instant.now().minus(trash));
        int manifests = removeManifests(grace);
        garbage.removeFromRepositories(grace);
        long blobs = 0;
        long bytes = 0;
        for (List<Descriptor> batch = garbage.removeBlobs(grace);
                !batch.isEmpty();
                batch = garbage.removeBlobs(grace)) {
            discard(batch.stream().map(Descriptor::digest).toList());
            blobs += batch.size();
            bytes += batch.stream().mapToLong(Descriptor::size).sum();
        }
        discardUnknown(Instant.now().minus(grace));
        if (manifests > 0 || blobs > 0 || freed > 0) {
            LOG.info(String.format(
                    Locale.ROOT,
                    "garbage collection: %d images and %d blobs (%.1f MiB) aren't needed any more; %.1f MiB of earlier ones are free again",
                    manifests,
                    blobs,
                    bytes / MIB,
                    freed / MIB));
        }
    }

    /// One repository's trouble isn't the others'.
    private int removeManifests(Duration grace) {
        int removed = 0;
        for (String repository : garbage.repositories()) {
            try {
                removed += garbage.removeManifests(repository, keep, grace);
            } catch (DataAccessException e) {
                LOG.warn("the images of {} stay for now ({})", repository, e.toString());
            }
        }
        return removed;
    }

    /// @return bytes that are free again
    private long emptyTrash(Instant before) throws IOException {
        List<BlobFiles.Discarded> trash = files.discarded();
        Set<Digest> known =
                garbage.known(trash.stream().map(BlobFiles.Discarded::digest).toList());
        long freed = 0;
        for (BlobFiles.Discarded file : trash) {
            if (known.contains(file.digest())) {
                files.restore(file.digest()); // pushed again, or a round was cut off
            }
            if (known.contains(file.digest()) || file.since().isBefore(before)) {
                freed += files.delete(file.digest());
            }
        }
        return freed;
    }

    /// Files of which no row tells: what a crash left behind. If those are most of all, it is the rows that are
    /// missing,
    /// as with the database of another installation, and nothing is done.
    private void discardUnknown(Instant before) throws IOException {
        List<Digest> unknown = new ArrayList<>();
        long seen = 0;
        for (Path part : files.parts()) {
            List<Digest> published = files.publishedBefore(before, part);
            Set<Digest> known = garbage.known(published);
            published.stream().filter(digest -> !known.contains(digest)).forEach(unknown::add);
            seen += published.size();
        }
        if (unknown.size() > seen / 2) {
            LOG.warn(
                    "{} of {} files of blobs in the registry's directory are unknown to the database, so it may be the wrong one; they stay",
                    unknown.size(),
                    seen);
        } else {
            discard(unknown);
        }
    }

    /// Throws the files of blobs away whose rows are gone, and takes back those that were pushed meanwhile.
    void discard(List<Digest> digests) throws IOException {
        try {
            for (Digest digest : digests) {
                files.discard(digest);
            }
        } finally {
            for (Digest pushedMeanwhile : garbage.known(digests)) {
                files.restore(pushedMeanwhile);
            }
        }
    }
}
