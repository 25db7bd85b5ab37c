package dev.slipway.runtime.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// An engine that tells watchers what is done with it.
public final class WatchedEngine implements Engine {
    private final Engine engine;
    private final List<ContainerWatcher> watchers;

    public WatchedEngine(Engine engine, List<ContainerWatcher> watchers) {
        this.engine = engine;
        this.watchers = List.copyOf(watchers);
    }

    @Override
    public void prepare() {
        engine.prepare();
    }

    @Override
    public String ensureImage(ImageSource source) {
        return engine.ensureImage(source);
    }

    @Override
    public Container start(ContainerSpec spec) {
        Container container = engine.start(spec);
        watchers.forEach(watcher -> watcher.started(container));
        return container;
    }

    @Override
    public List<Container> list() {
        List<Container> containers = engine.list();
        watchers.forEach(watcher -> watcher.listed(containers));
        return containers;
    }

    @Override
    public Optional<Container> inspect(String containerId) {
        return engine.inspect(containerId);
    }

    @Override
    public void stop(String containerId, Duration grace) {
        engine.stop(containerId, grace);
    }

    @Override
    public void remove(String containerId) {
        if (engine.inspect(containerId).filter(c -> !c.running()).isPresent()) {
            watchers.forEach(watcher -> watcher.leaving(containerId));
        }
        engine.remove(containerId);
    }

    @Override
    public boolean discard(String containerId) {
        return engine.discard(containerId);
    }

    @Override
    public void freeze(String containerId) {
        engine.freeze(containerId);
    }

    @Override
    public void thaw(String containerId) {
        engine.thaw(containerId);
    }

    @Override
    public CommandEnd run(String containerId, List<String> command, Duration limit) {
        return engine.run(containerId, command, limit);
    }

    @Override
    public void logs(String containerId, int lines, OutputStream out) throws IOException {
        engine.logs(containerId, lines, out);
    }

    @Override
    public Terminal terminal(ContainerSpec spec, Terminal.Size size) {
        return engine.terminal(spec, size);
    }

    @Override
    public Output output(String containerId, Output.From from) {
        return engine.output(containerId, from);
    }

    @Override
    public Optional<Usage> usage(String containerId) {
        return engine.usage(containerId);
    }

    @Override
    public List<LocalImage> images() {
        return engine.images();
    }

    @Override
    public void removeImage(String name) {
        engine.removeImage(name);
    }

    @Override
    public void ensureVolume(VolumeSpec volume) {
        engine.ensureVolume(volume);
    }

    @Override
    public boolean removeVolume(String name) {
        return engine.removeVolume(name);
    }

    @Override
    public Map<String, VolumeUsage> volumeUsage(Collection<String> names) {
        return engine.volumeUsage(names);
    }

    @Override
    public AutoCloseable deaths(Consumer<String> onDeath, Runnable onEnd) {
        return engine.deaths(onDeath, onEnd);
    }

    @Override
    public void close() {
        engine.close();
    }
}
