package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.runtime.engine.ImageSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Everything that makes an instance what it is. Two instances with equal specs can stand in for each other.
///
/// @param release number of the release, which instances are told; for a head start the number that the release
///     is
///     going to have
/// @param port where it listens; null when neither the app's settings nor the image say
record InstanceSpec(
        long appId,
        String app,
        int release,
        ImageSource image,
        int configVersion,
        ProcessSpec process,
        @Nullable Integer port) {
    private static final int FINGERPRINT_CHARS = 32;

    InstanceSpec {
        if (process.port() != null) {
            port = process.port();
        }
    }

    /// Marks the container, so that it is recognised after a restart. A change of what goes in replaces every
    /// running instance.
    String fingerprint() {
        String content = String.join(
                "\n",
                "1",
                Long.toString(appId),
                Integer.toString(release),
                image.imageId().value(),
                Integer.toString(configVersion),
                String.valueOf(port),
                String.valueOf(process.healthPath()),
                Integer.toString(process.memoryMb()),
                Integer.toString(process.cpuMillis()),
                Integer.toString(process.pids()),
                Integer.toString(process.startSeconds()),
                Integer.toString(process.drainSeconds()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
