package dev.slipway.runtime.engine;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import java.util.List;
import java.util.Map;

/// How a [ContainerSpec] is said to Docker: limits and confinement of an instance.
final class DockerRequest {
    /// What ordinary images need to set themselves up as root and step down to a user of their own (nginx,
    /// PostgreSQL, `gosu`, `su-exec`) and to listen on port 80. Everything else of Docker's defaults (raw
    /// sockets, device nodes, chroot, file capabilities, audit) is dropped.
    static final List<Capability> KEPT = List.of(
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FOWNER,
            Capability.FSETID,
            Capability.KILL,
            Capability.NET_BIND_SERVICE,
            Capability.SETGID,
            Capability.SETUID,
            Capability.SETPCAP);

    private static final long MIB = 1024 * 1024;

    private DockerRequest() {}

    /// @param cpus how many the engine's machine has: it refuses limits above
    static HostConfig hostConfig(ContainerSpec.Limits limits, String network, int cpus) {
        long memory = limits.memoryMb() * MIB;
        return HostConfig.newHostConfig()
                .withNetworkMode(network)
                .withMemory(memory)
                .withMemorySwap(memory)
                .withNanoCPUs(Math.min(limits.cpuMillis(), cpus * 1000L) * 1_000_000)
                .withPidsLimit((long) limits.pids())
                .withCapDrop(Capability.ALL)
                .withCapAdd(KEPT.toArray(Capability[]::new))
                .withSecurityOpts(List.of("no-new-privileges:true"))
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "3")))
                // the reconciler restarts, with back-off, and only what a release wants
                .withRestartPolicy(RestartPolicy.noRestart())
                .withInit(true);
    }
}
