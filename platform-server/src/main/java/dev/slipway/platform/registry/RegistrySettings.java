package dev.slipway.platform.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BinaryOperator;

/// @param directory holds `uploads/` and `blobs/`, on one file system
/// @param reserveBytes pushes are refused rather than leave less than this free: the database lives on the same
///     disk
/// @param largestBlobBytes limit of one blob
/// @param idleUpload an upload untouched for so long is removed
/// @param keep of how many releases and images of an app the manifests can't be deleted
record RegistrySettings(Path directory, long reserveBytes, long largestBlobBytes, Duration idleUpload, int keep) {
    private static final int KEEP = 20;
    private static final long MIB = 1024 * 1024;

    static RegistrySettings of(Path directory) {
        return new RegistrySettings(directory, 256 * MIB, 64 * 1024 * MIB, Duration.ofHours(24), KEEP);
    }

    /// `SLIPWAY_REGISTRY_RESERVE_MB` and `SLIPWAY_REGISTRY_LARGEST_BLOB_MB`, in MiB; `SLIPWAY_KEEP_RELEASES`.
    ///
    /// @param variable gives a variable's value, or its second argument
    static RegistrySettings from(Path directory, BinaryOperator<String> variable) {
        return new RegistrySettings(
                directory,
                mebibytes(variable, "SLIPWAY_REGISTRY_RESERVE_MB", "256"),
                mebibytes(variable, "SLIPWAY_REGISTRY_LARGEST_BLOB_MB", "65536"),
                Duration.ofHours(24),
                keep(variable.apply("SLIPWAY_KEEP_RELEASES", String.valueOf(KEEP))));
    }

    private static int keep(String value) {
        if (!value.matches("[1-9]\\d{0,4}")) {
            throw new IllegalStateException(
                    "SLIPWAY_KEEP_RELEASES must be a number from 1 to 99999, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    private static long mebibytes(BinaryOperator<String> variable, String name, String otherwise) {
        String value = variable.apply(name, otherwise);
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalStateException(name + " must be a number of MiB, not \"" + value + "\"");
        }
        return Long.parseLong(value) * MIB;
    }
}
