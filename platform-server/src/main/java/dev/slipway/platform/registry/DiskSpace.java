package dev.slipway.platform.registry;

import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps pushes from filling the disk. Pulls never ask.
final class DiskSpace {
    /// Not 507: at a 5xx Docker tries again for a minute and never shows the sentence; a 4xx with DENIED it
    /// shows at once.
    static final int CONTENT_TOO_LARGE = 413;
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final double MIB = 1024.0 * 1024.0;

    private final File directory;
    private final long reserve;

    DiskSpace(RegistrySettings settings) {
        this.directory = settings.directory().toFile();
        this.reserve = settings.reserveBytes();
    }

    /// @param more bytes about to be written
    /// @throws RegistryException when they would use up the reserve
    void require(long more) {
        long free = directory.getUsableSpace();
        if (free - more < reserve) {
            throw full(free, more);
        }
    }

    /// What to answer after a write failed: full disk or broken disk. Decided by the space that is left, for
    /// the system's message isn't an interface.
    RegistryException explain(IOException failure) {
        long free = directory.getUsableSpace();
        if (free < Math.max(reserve, (long) MIB)) {
            return full(free, 0);
        }
        return new RegistryException(
                ErrorCode.UNKNOWN,
                "The registry couldn't write to its disk; its log says more. Nothing was stored.",
                failure);
    }

    private RegistryException full(long free, long more) {
        String sentence = String.format(
                Locale.ROOT,
                "The registry's disk is full: %.1f MiB are free, of which %.1f MiB are kept in reserve%s. It takes no such pushes until"
                        + " there is room; pulls still work. Nothing was stored.",
                free / MIB,
                reserve / MIB,
                more == 0 ? "" : String.format(Locale.ROOT, ", and %.1f MiB more were to be written", more / MIB));
        LOG.warn(sentence);
        return new RegistryException(ErrorCode.DENIED, CONTENT_TOO_LARGE, sentence, Map.of());
    }
}
