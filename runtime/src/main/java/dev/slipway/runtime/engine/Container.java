package dev.slipway.runtime.engine;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A container as the engine shows it.
///
/// @param address its address on the installation's network; null when it doesn't run
/// @param pid of its first process on this machine; 0 when it doesn't run or isn't known
public record Container(
        String id,
        Map<String, String> labels,
        Status status,
        @Nullable String address,
        long pid,
        Instant createdAt) {
    private static final Pattern APP_ID = Pattern.compile("[0-9]{1,18}");

    /// How far a container has come.
    public sealed interface Status {
        /// Never started.
        record Created() implements Status {}

        record Running() implements Status {}

        /// Its processes get no CPU.
        record Frozen() implements Status {}

        /// It is there, and more couldn't be found out this time.
        record Unknown() implements Status {}

        /// @param outOfMemory the kernel killed one of its processes at the memory limit
        record Exited(int code, boolean outOfMemory) implements Status {}
    }

    public Container {
        labels = Map.copyOf(labels);
    }

    public boolean running() {
        return status instanceof Status.Running || frozen();
    }

    /// How far it has come isn't known this time.
    public boolean unknown() {
        return status instanceof Status.Unknown;
    }

    public boolean frozen() {
        return status instanceof Status.Frozen;
    }

    public @Nullable String label(String name) {
        return labels.get(name);
    }

    /// The app that it is labelled as belonging to; null when its label is none of ours.
    public @Nullable Long appId() {
        String app = labels.get(Labels.APP);
        return app != null && APP_ID.matcher(app).matches() ? Long.valueOf(app) : null;
    }
}
