package dev.slipway.runtime.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container to be started.
///
/// @param name without the installation's prefix
/// @param image what [Engine#ensureImage] returned
/// @param environment may hold secrets: isn't part of [#toString]
/// @param command arguments for the image's entry point; null: the image's own
/// @param stopSignal what [Engine#stop] sends first; null: the image's own, else SIGTERM
/// @param mounts volumes that [Engine#ensureVolume] has made
public record ContainerSpec(
        String name,
        String image,
        Map<String, String> environment,
        Map<String, String> labels,
        Limits limits,
        @Nullable List<String> command,
        @Nullable String stopSignal,
        List<Mount> mounts) {

    /// @param memoryMb MiB, without swap
    /// @param cpuMillis thousandths of a CPU
    /// @param pids most processes and threads
    public record Limits(int memoryMb, int cpuMillis, int pids) {}

    public ContainerSpec {
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        command = command == null ? null : List.copyOf(command);
        mounts = List.copyOf(mounts);
    }

    /// With the image's own command and stop signal, and no volumes.
    public ContainerSpec(
            String name, String image, Map<String, String> environment, Map<String, String> labels, Limits limits) {
        this(name, image, environment, labels, limits, null, null, List.of());
    }

    /// The same with these; null: the image's own.
    public ContainerSpec running(@Nullable List<String> otherCommand, @Nullable String otherSignal) {
        return new ContainerSpec(name, image, environment, labels, limits, otherCommand, otherSignal, mounts);
    }

    /// The same with these volumes.
    public ContainerSpec mounting(List<Mount> otherMounts) {
        return new ContainerSpec(name, image, environment, labels, limits, command, stopSignal, otherMounts);
    }

    @Override
    public String toString() {
        return "ContainerSpec[name=" + name + ", image=" + image + ", labels=" + labels + ", limits=" + limits + "]";
    }
}
