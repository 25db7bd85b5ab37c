package dev.slipway.runtime.engine;

import java.util.Map;

/// A container to be started.
///
/// @param name without the installation's prefix
/// @param image what [Engine#ensureImage] returned
/// @param environment may hold secrets: isn't part of [#toString]
public record ContainerSpec(
        String name, String image, Map<String, String> environment, Map<String, String> labels, Limits limits) {

    /// @param memoryMb MiB, without swap
    /// @param cpuMillis thousandths of a CPU
    /// @param pids most processes and threads
    public record Limits(int memoryMb, int cpuMillis, int pids) {}

    public ContainerSpec {
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }

    @Override
    public String toString() {
        return "ContainerSpec[name=" + name + ", image=" + image + ", labels=" + labels + ", limits=" + limits + "]";
    }
}
