package dev.slipway.runtime.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How a [ContainerSpec] is said to Docker: limits and confinement of an instance.
final class DockerRequest {
    /// What ordinary images need to set themselves up as root and step down to a user of their own (nginx,
    /// PostgreSQL, `gosu`, `su-exec`) and to listen on port 80. Everything else of Docker's defaults (raw
    /// sockets, device nodes, chroot, file capabilities, audit) is dropped.
    static final List<String> KEPT = List.of(
            "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID", "SETPCAP");

    private static final long MIB = 1024 * 1024;
    /// What the runtime tier hasn't read yet. The driver `local` costs the engine half of what `json-file` does,
    /// and compressing what is soon deleted would cost more than either.
    private static final Map<String, String> LOG_FILES =
            Map.of("max-size", "10m", "max-file", "3", "compress", "false");

    private DockerRequest() {}

    /// @param cpus how many the engine's machine has: it refuses limits above
    static Map<String, ?> container(ContainerSpec spec, Map<String, String> labels, String network, int cpus) {
        Map<String, Object> container = new HashMap<>();
        container.put("Image", spec.image());
        container.put(
                "Env",
                spec.environment().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        container.put("Labels", labels);
        container.put("HostConfig", hostConfig(spec, network, cpus));
        if (spec.command() != null) {
            container.put("Cmd", spec.command());
        }
        if (spec.stopSignal() != null) {
            container.put("StopSignal", spec.stopSignal());
        }
        return container;
    }

    private static Map<String, ?> hostConfig(ContainerSpec spec, String network, int cpus) {
        ContainerSpec.Limits limits = spec.limits();
        long memory = limits.memoryMb() * MIB;
        return Map.ofEntries(
                Map.entry("NetworkMode", network),
                Map.entry(
                        "Mounts",
                        spec.mounts().stream().map(DockerRequest::mount).toList()),
                Map.entry("Memory", memory),
                Map.entry("MemorySwap", memory),
                Map.entry("NanoCpus", Math.min(limits.cpuMillis(), cpus * 1000L) * 1_000_000),
                Map.entry("PidsLimit", limits.pids()),
                Map.entry("CapDrop", List.of("ALL")),
                Map.entry("CapAdd", KEPT),
                Map.entry("SecurityOpt", List.of("no-new-privileges:true")),
                Map.entry("LogConfig", Map.of("Type", "local", "Config", LOG_FILES)),
                // the reconciler restarts, with back-off, and only what a release wants
                Map.entry("RestartPolicy", Map.of("Name", "no")),
                Map.entry("Init", true));
    }

    private static Map<String, ?> mount(Mount mount) {
        return Map.of(
                "Type", "volume",
                "Source", mount.volume(),
                "Target", mount.path(),
                "ReadOnly", mount.readOnly());
    }

    /// @param installation its label
    static Map<String, ?> network(String name, String installation) {
        return Map.of(
                "Name",
                name,
                "Driver",
                "bridge",
                "CheckDuplicate",
                true,
                // containers of one installation can't reach each other
                "Options",
                Map.of("com.docker.network.bridge.enable_icc", "false"),
                "Labels",
                Map.of(Labels.INSTALLATION, installation));
    }
}
