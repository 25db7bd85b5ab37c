package dev.slipway.runtime.terminal;

import dev.slipway.runtime.engine.ContainerSpec;
import java.util.List;
import java.util.Optional;

/// Where terminals get their containers from: what is live.
@FunctionalInterface
public interface TerminalSource {
    /// A container like web's instances of what is live of the app, whose image is in the engine; empty when nothing
    /// is live.
    ///
    /// @param id of the terminal, part of the container's name
    /// @throws dev.slipway.runtime.engine.EngineException when the image can't be had
    Optional<ContainerSpec> container(long appId, String id, List<String> command);
}
