package dev.slipway.platform.registry;

import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/// Keeps pushes from filling the disk. Pulls never ask.
final class DiskSpace {
    static final int INSUFFICIENT_STORAGE = 507;
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
            throw full(free);
        }
    }

    /// What to answer after a write failed: full disk or broken disk. Decided by the space that is left, for the system's message isn't an interface.
    RegistryException explain(IOException failure) {
        long free = directory.getUsableSpace();
        if (free < Math.max(reserve, (long) MIB)) {
            return full(free);
        }
        return new RegistryException(ErrorCode.UNKNOWN, "The registry couldn't write to its disk; its log says more. Nothing was stored.", failure);
    }

    private RegistryException full(long free) {
        String sentence = String.format(Locale.ROOT, "The registry's disk is full: %.1f MiB are free and %.1f MiB are kept in reserve, so it takes no pushes"
                + " until there is room. Pulls still work. Nothing was stored.", free / MIB, reserve / MIB);
        return new RegistryException(ErrorCode.DENIED, INSUFFICIENT_STORAGE, sentence, Map.of());
    }
}
