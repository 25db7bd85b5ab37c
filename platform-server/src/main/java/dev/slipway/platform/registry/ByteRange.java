package dev.slipway.platform.registry;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bytes `start` (inclusive) to `end` (exclusive) of a blob.
record ByteRange(long start, long end) {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final Pattern CHUNK = Pattern.compile("(?:bytes )?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    /// What a `Range` header asks of `size` bytes (RFC 9110, 14.1.2). Several ranges or another unit: none, so
    /// the whole is sent.
    ///
    /// @throws RegistryException 416 when it lies outside
    static Optional<ByteRange> requested(String header, long size) {
        Matcher range = RANGE.matcher(header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        boolean suffix = range.group(1).isEmpty();
        long start = suffix ? Math.max(0, size - Long.parseLong(range.group(2))) : Long.parseLong(range.group(1));
        long end = suffix || range.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(range.group(2)) + 1);
        if (!suffix && !range.group(2).isEmpty() && Long.parseLong(range.group(2)) < start) {
            return Optional.empty();
        }
        if (start >= end) {
            throw new RegistryException(
                    ErrorCode.SIZE_INVALID,
                    416,
                    "The range lies outside of the blob, which has " + size + " bytes.",
                    Map.of("Content-Range", "bytes */" + size));
        }
        return Optional.of(new ByteRange(start, end));
    }

    /// An upload's `Content-Range`, `start-end` with both inclusive (distribution spec, "Pushing a blob in
    /// chunks").
    ///
    /// @throws RegistryException 400 when it isn't of that form
    static ByteRange chunk(String header) {
        Matcher chunk = CHUNK.matcher(header.strip());
        if (!chunk.matches() || Long.parseLong(chunk.group(2)) < Long.parseLong(chunk.group(1))) {
            throw new RegistryException(
                    ErrorCode.BLOB_UPLOAD_INVALID, "Content-Range must be of the form first-last, both inclusive.");
        }
        return new ByteRange(Long.parseLong(chunk.group(1)), Long.parseLong(chunk.group(2)) + 1);
    }

    long length() {
        return end - start;
    }
}
