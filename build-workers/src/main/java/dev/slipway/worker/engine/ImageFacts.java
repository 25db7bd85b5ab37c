package dev.slipway.worker.engine;

import dev.slipway.db.images.Digest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What the engine knows of an image. `port` is the lowest TCP port it exposes.
public record ImageFacts(
        Digest id, long sizeBytes, @Nullable Integer port) {

    /// Of ports written `8080/tcp` (OCI image spec, config.md).
    static @Nullable Integer lowestTcpPort(Collection<String> exposed) {
        return exposed.stream()
                .filter(port -> port.matches("\\d{1,5}(/tcp)?"))
                .map(port -> Integer.valueOf(port.replace("/tcp", "")))
                .filter(port -> port >= 1 && port <= 65_535)
                .min(Integer::compare)
                .orElse(null);
    }
}
