package dev.slipway.platform.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BinaryOperator;

/// @param directory holds `uploads/` and `blobs/`, on one file system
/// @param reserveBytes pushes are refused rather than leave less than this free: the database lives on the same
///     disk
/// @param largestBlobBytes limit of one blob
/// @param idleUpload an upload untouched for so long is removed
record RegistrySettings(Path directory, long reserveBytes, long largestBlobBytes, Duration idleUpload) {
    private static final long MIB = 1024 * 1024;

    static RegistrySettings of(Path directory) {
        return new RegistrySettings(directory, 256 * MIB, 64 * 1024 * MIB, Duration.ofHours(24));
    }

    /// `SLIPWAY_REGISTRY_RESERVE_MB` and `SLIPWAY_REGISTRY_LARGEST_BLOB_MB`, in MiB.
    ///
    /// @param variable gives a variable's value, or its second argument
    static RegistrySettings from(Path directory, BinaryOperator<String> variable) {
        return new RegistrySettings(
                directory,
                mebibytes(variable, "SLIPWAY_REGISTRY_RESERVE_MB", "256"),
                mebibytes(variable, "SLIPWAY_REGISTRY_LARGEST_BLOB_MB", "65536"),
                Duration.ofHours(24));
    }

    private static long mebibytes(BinaryOperator<String> variable, String name, String otherwise) {
        String value = variable.apply(name, otherwise);
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalStateException(name + " must be a number of MiB, not \"" + value + "\"");
        }
        return Long.parseLong(value) * MIB;
    }
}
