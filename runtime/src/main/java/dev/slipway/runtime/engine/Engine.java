package dev.slipway.runtime.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A container engine, as much of it as running instances needs. It sees and touches only containers of its own
/// installation.
///
/// All methods block, may be called from any thread at once, and throw [EngineException]: `Unavailable` when
/// the engine can't be reached (nothing is known about what happened; calling again later is safe), `Refused`
/// when it answered with an error.
public interface Engine extends AutoCloseable {

    /// Makes the installation's network, in which containers can't reach each other, unless it is there.
    /// Idempotent; call before the first [#start].
    void prepare();

    /// Makes sure that the image is in the engine, pulling it by digest if it isn't, and returns the reference
    /// to start it by.
    ///
    /// @throws EngineException.ImageUnavailable when it is neither here nor in the registry
    /// @throws EngineException.RegistryAway when it isn't here, and the registry doesn't answer
    String ensureImage(ImageSource source);

    /// Creates and starts a container and returns it as it runs (it may already have ended). When starting
    /// fails, the created container is removed again; one of the same name that an interrupted call left behind
    /// is replaced. A caller that dies in between leaves a container in state `CREATED`.
    Container start(ContainerSpec spec);

    /// All containers of this installation, running or not. For those that don't run the exit code is filled in; of one
    /// that the engine can't show the status is unknown.
    List<Container> list();

    /// Empty when there is no such container.
    Optional<Container> inspect(String containerId);

    /// Sends SIGTERM (or the image's stop signal), after `grace` SIGKILL, and returns when the container has
    /// ended. Idempotent; no container is no error.
    void stop(String containerId, Duration grace);

    /// Kills the container if it runs and removes it with its anonymous volumes. Idempotent; no container is no
    /// error.
    void remove(String containerId);

    /// Removes a container that was never started; false when it has been started after all, by a request that was
    /// under way. Idempotent; no container is no error.
    boolean discard(String containerId);

    /// Stops giving CPU to the container's processes. Idempotent.
    void freeze(String containerId);

    /// Undoes [#freeze]. Idempotent.
    void thaw(String containerId);

    /// Runs a command in a running container and waits for its end, but no longer than `limit`: then it is
    /// killed, if it can be.
    CommandEnd run(String containerId, List<String> command, Duration limit);

    /// Writes the last `lines` lines of the container's output, as many as there are. Output of a removed
    /// container is gone: nothing is written.
    void logs(String containerId, int lines, OutputStream out) throws IOException;

    /// Creates and starts a container whose first process has a terminal of that size; its command is run without
    /// the image's entry point. When starting fails, the created container is removed again. Who closes the
    /// terminal has still to remove the container.
    Terminal terminal(ContainerSpec spec, Terminal.Size size);

    /// Begins to tell what a container writes: what the engine still has of it, then what comes, until the
    /// container ends.
    ///
    /// @throws EngineException.Refused also when there is no such container
    Output output(String containerId, Output.From from);

    /// Empty when the container doesn't run, or what it uses can't be told.
    Optional<Usage> usage(String containerId);

    /// The images that this installation's builds made, those pulled back from the registry too.
    List<LocalImage> images();

    /// Takes this name from its image, and removes the image when it was the last. Nothing happens when there is
    /// no such name or a container uses the image.
    void removeImage(String name);

    /// Makes sure that a volume is in the engine, and makes an empty one the first time. Call it before [#start] of a
    /// container that mounts it.
    ///
    /// @throws EngineException.Refused when one that was made before is gone, or isn't ours
    void ensureVolume(VolumeSpec volume);

    /// Removes a volume with all its data; false when a container still has it. Idempotent; no volume is no error.
    boolean removeVolume(String name);

    /// How large the files of these volumes are, of as many as that can be told. Takes its time.
    Map<String, VolumeUsage> volumeUsage(Collection<String> names);

    /// Calls `onDeath` with the id of each container that ends, from now on, until closed or the engine goes
    /// away, when `onEnd` is called once. Deaths during a gap aren't told afterwards: [#list] after
    /// subscribing. The callbacks must return soon.
    AutoCloseable deaths(Consumer<String> onDeath, Runnable onEnd);

    @Override
    void close();
}
