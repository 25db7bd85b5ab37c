package dev.slipway.platform.registry;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.Descriptor;
import dev.slipway.db.registry.GarbageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/// Collects garbage while pushes and pulls go on: images to which no app can be rolled back by the rule of retention,
/// and
/// blobs to which nothing refers.
///
/// Tables come first, files after them: a blob's row goes, then its file goes into the trash, then the row is looked
/// for
/// again, because the same blob may have been pushed meanwhile. The trash is emptied by a later round. So wherever a
/// round
/// is cut off, a file too many stays for the next one, and never a row without its file.
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
        } catch (IOException | UncheckedIOException | DataAccessException | TransactionException e) {
            LOG.warn("couldn't collect the registry's garbage; the next round tries again ({})", e.toString());
        }
    }

    /// One round.
    ///
    /// @param grace what was pushed or asked for in this time isn't garbage
    /// @param trash how long files lie in the trash
    void run(Duration grace, Duration trash) throws IOException {
        long freed = emptyTrash(Instant.now().minus(trash));
        int manifests = garbage.removeManifests(keep, grace);
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
        files.publishedBefore(Instant.now().minus(grace), this::discardUnknown);
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

    private long emptyTrash(Instant before) throws IOException {
        List<Digest> discarded = files.discardedBefore(before);
        Set<Digest> known = garbage.known(discarded);
        long freed = 0;
        for (Digest digest : discarded) {
            freed += known.contains(digest) && files.restore(digest) ? 0 : files.delete(digest);
        }
        return freed;
    }

    /// Files of which no row tells: what a crash left behind.
    private void discardUnknown(List<Digest> published) {
        Set<Digest> known = garbage.known(published);
        try {
            discard(published.stream().filter(digest -> !known.contains(digest)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Throws the files of blobs away whose rows are gone, and takes back those that were pushed meanwhile.
    void discard(List<Digest> digests) throws IOException {
        for (Digest digest : digests) {
            files.discard(digest);
        }
        for (Digest pushedMeanwhile : garbage.known(digests)) {
            files.restore(pushedMeanwhile);
        }
    }
}
