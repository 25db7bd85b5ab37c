package dev.slipway.runtime.rollout;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Words;
import dev.slipway.runtime.engine.ImageSource;
import dev.slipway.runtime.engine.Mount;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that makes an instance what it is. Two instances with equal specs can stand in for each other.
///
/// @param type its process type's name
/// @param release number of the release, which instances are told; of a rollback that of the release whose content
///     it has, since these are its instances; for a head start the number that the release is going to have
/// @param exposedPort the image's lowest exposed TCP port, null when it exposes none
record InstanceSpec(
        long appId,
        String app,
        int release,
        String type,
        ImageSource image,
        int configVersion,
        ProcessSpec process,
        @Nullable Integer exposedPort,
        List<Storage> storage) {
    private static final int FINGERPRINT_CHARS = 32;
    /// Told to apps (in `PORT`) whose images don't say where they listen.
    static final int DEFAULT_PORT = 8080;
    /// An image's word counts for more than our assumption.
    private static final Duration EXPOSED_PATIENCE = Duration.ofSeconds(10);

    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(2);

    /// Without volumes.
    InstanceSpec(
            long appId,
            String app,
            int release,
            String type,
            ImageSource image,
            int configVersion,
            ProcessSpec process,
            @Nullable Integer exposedPort) {
        this(appId, app, release, type, image, configVersion, process, exposedPort, List.of());
    }

    /// The same with these volumes.
    InstanceSpec with(List<Storage> volumes) {
        return new InstanceSpec(appId, app, release, type, image, configVersion, process, exposedPort, volumes);
    }

    /// Names of the volumes that it can write. There is never more than one instance that writes a volume.
    Set<String> writes() {
        return storage.stream().filter(Storage::written).map(Storage::name).collect(Collectors.toUnmodifiableSet());
    }

    /// Those, for people: `shop/data`.
    String written() {
        return storage.stream()
                .filter(Storage::written)
                .map(Storage::of)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /// Whether it gets requests. Others listen on nothing.
    boolean web() {
        return type.equals(Processes.WEB);
    }

    /// Where it should listen, if it is web: where the app's settings say, else the image, else the default.
    int port() {
        Integer set = process.port();
        return set != null ? set : exposedPort != null ? exposedPort : DEFAULT_PORT;
    }

    /// How long an instance may listen elsewhere before that is taken for its port; empty when the app's settings
    /// name the port, since that is an order.
    Optional<Duration> portPatience() {
        if (process.port() != null) {
            return Optional.empty();
        }
        return Optional.of(exposedPort != null ? EXPOSED_PATIENCE : DEFAULT_PATIENCE);
    }

    /// The same as something beside the instances: it listens on nothing, and can read the volumes that there are while
    /// the one that writes goes on.
    InstanceSpec as(String otherType) {
        return new InstanceSpec(appId, app, release, otherType, image, configVersion, process, exposedPort)
                .with(storage.stream()
                        .filter(volume -> volume.volume().made())
                        .map(Storage::reading)
                        .toList());
    }

    /// For its container.
    List<Mount> mounts() {
        return storage.stream().map(Storage::mount).toList();
    }

    /// What it finds in its environment.
    ///
    /// @param config the variables of its config version; `PORT` may be set by them, who it is may not
    Map<String, String> environment(Map<String, String> config) {
        Map<String, String> environment = new HashMap<>();
        if (web()) {
            environment.put("PORT", Integer.toString(port()));
        }
        environment.putAll(config);
        environment.put("SLIPWAY_APP", app);
        environment.put("SLIPWAY_RELEASE", Integer.toString(release));
        environment.put("SLIPWAY_PROCESS", type);
        return environment;
    }

    /// What its health check asks for, as the beginning of a sentence.
    ///
    /// @param at the port where it was looked for
    String checked(int at) {
        List<String> command = process.check().command();
        if (command != null) {
            return "The command " + Words.join(command);
        }
        return process.healthPath() == null ? "Port " + at : "GET " + process.healthPath() + " on port " + at;
    }

    /// Marks the container, so that it is recognised after a restart. A change of what goes in replaces every
    /// running instance; therefore what can be left out is left out when it isn't said.
    String fingerprint() {
        StringBuilder content = new StringBuilder(String.join(
                "\n",
                "1",
                Long.toString(appId),
                Integer.toString(release),
                image.imageId().value(),
                Integer.toString(configVersion),
                Integer.toString(port()),
                String.valueOf(process.healthPath()),
                Integer.toString(process.memoryMb()),
                Integer.toString(process.cpuMillis()),
                Integer.toString(process.pids()),
                Integer.toString(process.startSeconds()),
                Integer.toString(process.drainSeconds())));
        if (!web()) {
            content.append("\ntype ").append(type).append(' ').append(process.secondsUp());
        }
        if (process.command() != null) {
            content.append("\ncommand ").append(Words.join(process.command()));
        }
        if (process.health() != null) {
            content.append("\nhealth ").append(process.health());
        }
        if (process.stopSignal() != null) {
            content.append("\nsignal ").append(process.stopSignal());
        }
        storage.stream()
                .map(Storage::fingerprint)
                .sorted()
                .forEach(volume -> content.append("\nvolume ").append(volume));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
