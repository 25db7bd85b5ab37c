package dev.slipway.platform.source;

import dev.slipway.platform.Variables;

/// How much Git may bring in. A pack is what one push or fetch transfers; an object is one file, tree or commit
/// when unpacked.
///
/// JGit resolves deltas in memory, two versions of an object at a time, and remembers each object of a pack:
/// the limits on objects keep a single push from taking the memory of the whole platform.
///
/// @param maxPackBytes `SLIPWAY_MAX_PACK_MB`, 1 GiB by default
/// @param maxObjectBytes `SLIPWAY_MAX_OBJECT_MB`; by default 100 MiB, or a fifth of the memory if that is less
/// @param maxObjects how many one pack may have
record SourceLimits(long maxPackBytes, long maxObjectBytes, long maxObjects) {
    private static final long MIB = 1L << 20;
    private static final long USUAL_OBJECT_MIB = 100;
    private static final long SHARE_OF_MEMORY = 5;
    /// About what JGit needs to index an object and to check that everything is there.
    private static final long BYTES_PER_OBJECT = 200;

    static SourceLimits from(Variables variables) {
        long memory = Runtime.getRuntime().maxMemory();
        long objectMegabytes = Math.max(1, Math.min(USUAL_OBJECT_MIB, memory / SHARE_OF_MEMORY / MIB));
        return new SourceLimits(
                megabytes(variables, "SLIPWAY_MAX_PACK_MB", 1024),
                megabytes(variables, "SLIPWAY_MAX_OBJECT_MB", objectMegabytes),
                memory / BYTES_PER_OBJECT);
    }

    private static long megabytes(Variables variables, String name, long otherwise) {
        String value = variables.get(name, String.valueOf(otherwise));
        try {
            long megabytes = Long.parseLong(value);
            if (megabytes >= 1 && megabytes <= MIB) {
                return megabytes * MIB;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalStateException(
                name + " must be a number of MiB between 1 and " + MIB + ", not \"" + value + "\"");
    }

    static String inWords(long bytes) {
        return bytes >= 1024 * MIB && bytes % (1024 * MIB) == 0
                ? bytes / (1024 * MIB) + " GiB"
                : bytes >= MIB ? bytes / MIB + " MiB" : bytes + " bytes";
    }
}
