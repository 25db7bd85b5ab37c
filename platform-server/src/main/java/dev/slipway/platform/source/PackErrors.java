package dev.slipway.platform.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.jspecify.annotations.Nullable;

/// Why a pack that was pushed can't be taken.
final class PackErrors {
    private static final Duration DRAIN_TIME = Duration.ofSeconds(60);

    private PackErrors() {}

    static String sentence(Throwable error, SourceLimits limits) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String sentence = known(cause, limits);
            if (sentence != null) {
                return sentence;
            }
        }
        return "the pack could not be stored: " + oneLine(error.getMessage());
    }

    private static @Nullable String known(Throwable cause, SourceLimits limits) {
        return switch (cause) {
            case TooLargePackException e ->
                "the pack is larger than " + SourceLimits.inWords(limits.maxPackBytes())
                        + "; push less history at once, or have SLIPWAY_MAX_PACK_MB raised";
            case TooLargeObjectInPackException e ->
                "a file in it is larger than " + SourceLimits.inWords(limits.maxObjectBytes())
                        + "; keep it out of Git, or have SLIPWAY_MAX_OBJECT_MB raised";
            case LimitExceededException e ->
                "the pack is too large: " + e.getMessage()
                        + "; push less history at once, or give the platform more memory";
            case OutOfMemoryError e -> "an object in it is too large to unpack";
            case MissingObjectException e ->
                "objects are missing that it refers to (" + oneLine(e.getMessage())
                        + "); if the clone is shallow: git fetch --unshallow";
            case CorruptObjectException e -> "an object in it is broken: " + oneLine(e.getMessage());
            case EOFException e -> "the pack ended too early";
            default -> null;
        };
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no reason given" : TerminalText.clean(message.replace('\n', ' '));
    }

    /// Reads on and throws away, within limits: a client that still sends can't read our answer.
    static void drain(InputStream in, SourceLimits limits) {
        byte[] waste = new byte[64 * 1024];
        Instant deadline = Instant.now().plus(DRAIN_TIME);
        long drained = 0;
        try {
            int read = in.read(waste);
            while (read >= 0
                    && drained <= limits.maxPackBytes()
                    && Instant.now().isBefore(deadline)) {
                drained += read;
                read = in.read(waste);
            }
        } catch (IOException theClientHasGone) {
            // there is nobody to answer, then
        }
    }
}
