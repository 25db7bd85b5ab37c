package dev.slipway.runtime.rollout;

import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What terminals are started from: the image, config, limits and volumes of web, which they can only read.
final class TerminalContainers {
    /// Shells end by it, where they ignore SIGTERM.
    private static final String HANG_UP = "SIGHUP";

    private final Engine engine;
    private final Tables tables;

    TerminalContainers(Engine engine, Tables tables) {
        this.engine = engine;
        this.tables = tables;
    }

    ContainerSpec of(Desired.Wanted live, String id, List<String> command) {
        InstanceSpec web = live.web().orElseThrow().as("terminal");
        Map<String, String> environment =
                new HashMap<>(web.environment(tables.environment(web.appId(), web.configVersion())));
        environment.putIfAbsent("TERM", "xterm-256color");
        Map<String, String> labels = Map.of(
                Labels.APP, Long.toString(web.appId()),
                Labels.TERMINAL, id,
                Labels.RELEASE, Long.toString(live.release().id()));
        var limits = new ContainerSpec.Limits(
                web.process().memoryMb(),
                web.process().cpuMillis(),
                web.process().pids());
        web.storage().forEach(storage -> engine.ensureVolume(storage.volume()));
        return new ContainerSpec(
                        web.app() + "-" + web.release() + ".terminal-" + id,
                        engine.ensureImage(web.image()),
                        environment,
                        labels,
                        limits)
                .running(command, HANG_UP)
                .mounting(web.mounts());
    }
}
