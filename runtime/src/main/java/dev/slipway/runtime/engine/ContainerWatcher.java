package dev.slipway.runtime.engine;

import java.util.List;

/// Is told what happens to containers. The methods are called by whoever uses the engine, at any time, several at
/// once, and must return soon.
public interface ContainerWatcher {
    /// It was just started (and may already have ended).
    default void started(Container container) {}

    /// All there are now, running or not.
    void listed(List<Container> containers);

    /// One that has ended is about to be removed: the last moment to read what is left of it.
    default void leaving(String containerId) {}
}
