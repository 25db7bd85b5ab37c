package dev.slipway.platform.source;

import dev.slipway.platform.Variables;

/// How much Git may bring in. A pack is what one push or fetch transfers; an object is one file, tree or commit when unpacked.
///
/// @param maxPackBytes `SLIPWAY_MAX_PACK_MB`, 1 GiB by default
/// @param maxObjectBytes `SLIPWAY_MAX_OBJECT_MB`, 100 MiB by default: deltas are resolved in memory
record SourceLimits(long maxPackBytes, long maxObjectBytes) {
    private static final long MIB = 1L << 20;

    static SourceLimits from(Variables variables) {
        return new SourceLimits(megabytes(variables, "SLIPWAY_MAX_PACK_MB", "1024"), megabytes(variables, "SLIPWAY_MAX_OBJECT_MB", "100"));
    }

    private static long megabytes(Variables variables, String name, String otherwise) {
        String value = variables.get(name, otherwise);
        try {
            long megabytes = Long.parseLong(value);
            if (megabytes >= 1 && megabytes <= MIB) {
                return megabytes * MIB;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalStateException(name + " must be a number of MiB between 1 and " + MIB + ", not \"" + value + "\"");
    }

    static String inWords(long bytes) {
        return bytes >= 1024 * MIB && bytes % (1024 * MIB) == 0 ? bytes / (1024 * MIB) + " GiB" : bytes >= MIB ? bytes / MIB + " MiB" : bytes + " bytes";
    }
}
