package dev.slipway.runtime.engine;

import static dev.slipway.runtime.engine.DockerApi.call;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Docker Engine 20.10 (API 1.41) or later, by its API.
public final class DockerEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger(DockerEngine.class);
    /// After the grace: for the kill, which a process in the kernel's hands can outlive for a while.
    private static final Duration KILLING = Duration.ofMinutes(1);

    private final DockerSettings settings;
    private final DockerApi api;
    private final DockerImages images;
    private final DockerExec commands;
    private final DockerVolumes volumes;
    private final ControlGroups groups = new ControlGroups(Path.of("/sys/fs/cgroup"));
    private final String network;
    private volatile int cpus = 1;

    /// @throws IllegalStateException when the settings' host isn't an address of an engine
    public DockerEngine(DockerSettings settings) {
        this.settings = settings;
        this.network = "slipway-" + settings.installation();
        this.api = new DockerApi(DockerHost.parse(settings.host()));
        this.images = new DockerImages(api, settings);
        this.commands = new DockerExec(api);
        this.volumes = new DockerVolumes(api, settings.installation());
    }

    @Override
    public void prepare() {
        cpus = call("say how many CPUs it has", () -> {
            api.agreeOnVersion();
            return api.send(Request.get("/info")).path("NCPU").asInt(1);
        });
        String named = Request.query(Map.of("filters", Request.filters(Map.of("name", List.of(network)))));
        boolean there = call("list networks", () -> api.send(Request.get("/networks" + named)))
                .valueStream()
                .anyMatch(n -> network.equals(n.path("Name").asString("")));
        if (!there) {
            call(
                    "make the network " + network,
                    () -> api.send(Request.post("/networks/create")
                            .with(DockerRequest.network(network, settings.installation()))));
            log.info("made the network {}", network);
        }
    }

    @Override
    public String ensureImage(ImageSource source) {
        return images.ensure(source);
    }

    @Override
    public Container start(ContainerSpec spec) {
        String id = call("create a container", () -> create(spec, false));
        try {
            call("start a container", () -> api.send(Request.post("/containers/" + id + "/start")));
        } catch (EngineException.Refused e) {
            remove(id);
            if (String.valueOf(e.getMessage()).matches("(?s).*network \\S+ not found.*")) {
                prepare();
                throw new EngineException.Unavailable("its network had been removed, and was made again", e);
            }
            throw e;
        }
        return inspect(id).orElseThrow(() -> new EngineException.Refused("the container vanished at its start", null));
    }

    private String nameOf(ContainerSpec spec) {
        return network + "-" + spec.name();
    }

    private String create(ContainerSpec spec, boolean terminal) throws IOException {
        Map<String, String> labels = new HashMap<>(spec.labels());
        labels.put(Labels.INSTALLATION, settings.installation());
        Map<String, ?> usual = DockerRequest.container(mounted(spec), labels, network, cpus);
        Request request = Request.post("/containers/create" + Request.query(Map.of("name", nameOf(spec))))
                .with(terminal ? DockerTerminal.container(usual) : usual);
        try {
            Optional<JsonNode> created = api.sendUnless(request, Refusal.CONFLICT);
            if (created.isPresent()) {
                return DockerAnswer.id(created.get());
            }
            makeWay(spec);
            return DockerAnswer.id(api.send(request));
        } catch (Refusal e) {
            if (e.is(Refusal.NOT_FOUND)) {
                throw new EngineException.ImageUnavailable(
                        "The image was removed from Docker just before the start", e);
            }
            throw e;
        }
    }

    /// For one whose name is taken by what a call left behind whose answer never arrived. A command that has begun
    /// after all isn't killed: it would be run a second time.
    private void makeWay(ContainerSpec spec) {
        if (!spec.labels().containsKey(Labels.RUN)) {
            remove(nameOf(spec));
        } else if (!discard(nameOf(spec))) {
            throw new EngineException.Unavailable("it had been started by a request whose answer never arrived", null);
        }
    }

    /// With the engine's names of its volumes.
    private ContainerSpec mounted(ContainerSpec spec) {
        return spec.mounting(spec.mounts().stream()
                .map(mount -> new Mount(volumes.nameOf(mount.volume()), mount.path(), mount.readOnly()))
                .toList());
    }

    @Override
    public List<Container> list() {
        List<Container> containers = new ArrayList<>();
        String query = Request.query(Map.of("all", true, "filters", Labels.filter(settings.installation())));
        for (JsonNode listed : call("list containers", () -> api.send(Request.get("/containers/json" + query)))) {
            if (ours(DockerAnswer.labels(listed.path("Labels")))) {
                DockerAnswer.listed(listed, network).or(() -> inspected(listed)).ifPresent(containers::add);
            }
        }
        return containers;
    }

    /// One that the engine can list but not show mustn't hide the others.
    private Optional<Container> inspected(JsonNode listed) {
        try {
            return inspect(DockerAnswer.id(listed));
        } catch (EngineException e) {
            log.debug("the engine doesn't show the container {}", DockerAnswer.id(listed), e);
            return Optional.of(DockerAnswer.unknown(listed));
        }
    }

    /// What is listed may be removed: that it is ours isn't left to the engine's filter.
    private boolean ours(Map<String, String> labels) {
        return settings.installation().equals(labels.get(Labels.INSTALLATION));
    }

    @Override
    public Optional<Container> inspect(String containerId) {
        Request request = Request.get("/containers/" + containerId + "/json");
        return call("inspect a container", () -> api.sendUnless(request, Refusal.NOT_FOUND))
                .map(container -> DockerAnswer.inspected(container, network));
    }

    @Override
    public void stop(String containerId, Duration grace) {
        String query = Request.query(Map.of("t", grace.toSeconds()));
        Request request =
                Request.post("/containers/" + containerId + "/stop" + query).within(grace.plus(KILLING));
        call("stop a container", () -> api.sendUnless(request, Refusal.NOT_FOUND, Refusal.NOT_MODIFIED));
    }

    @Override
    public void remove(String containerId) {
        // a conflict: its removal is under way
        Request request =
                Request.delete("/containers/" + containerId + Request.query(Map.of("force", true, "v", true)));
        call("remove a container", () -> api.sendUnless(request, Refusal.NOT_FOUND, Refusal.CONFLICT));
        commands.forget(containerId);
    }

    @Override
    public boolean discard(String containerId) {
        // without force: the engine waits for a start that is under way, and then refuses
        Request request = Request.delete("/containers/" + containerId + Request.query(Map.of("v", true)));
        try {
            call("remove a container", () -> api.sendUnless(request, Refusal.NOT_FOUND));
            return true;
        } catch (EngineException.Refused e) {
            if (inspect(containerId).filter(Container::running).isPresent()) {
                return false;
            }
            throw e;
        }
    }

    // a conflict: it is in that state already

    @Override
    public void freeze(String containerId) {
        call(
                "freeze a container",
                () -> api.sendUnless(Request.post("/containers/" + containerId + "/pause"), Refusal.CONFLICT));
    }

    @Override
    public void thaw(String containerId) {
        call(
                "wake a container",
                () -> api.sendUnless(Request.post("/containers/" + containerId + "/unpause"), Refusal.CONFLICT));
    }

    @Override
    public CommandEnd run(String containerId, List<String> command, Duration limit) {
        return commands.run(containerId, command, limit);
    }

    @Override
    public void logs(String containerId, int lines, OutputStream out) throws IOException {
        DockerLogs.copy(api, containerId, lines, out);
    }

    @Override
    public Terminal terminal(ContainerSpec spec, Terminal.Size size) {
        String id = call("create a container", () -> create(spec, true));
        try {
            return DockerTerminal.start(api, id, size);
        } catch (EngineException e) {
            remove(id);
            throw e;
        }
    }

    @Override
    public Output output(String containerId, Output.From from) {
        return DockerOutput.follow(api, containerId, from);
    }

    @Override
    public Optional<Usage> usage(String containerId) {
        return groups.of(containerId).or(() -> {
            Request request = Request.get(
                    "/containers/" + containerId + "/stats" + Request.query(Map.of("stream", false, "one-shot", true)));
            return call("say what a container uses", () -> api.sendUnless(request, Refusal.NOT_FOUND))
                    .flatMap(DockerAnswer::usage);
        });
    }

    @Override
    public List<LocalImage> images() {
        return images.list();
    }

    @Override
    public void removeImage(String name) {
        images.remove(name);
    }

    @Override
    public void ensureVolume(VolumeSpec volume) {
        volumes.ensure(volume);
    }

    @Override
    public boolean removeVolume(String name) {
        return volumes.remove(name);
    }

    @Override
    public Map<String, VolumeUsage> volumeUsage(Collection<String> names) {
        return volumes.usage(names);
    }

    @Override
    public AutoCloseable deaths(Consumer<String> onDeath, Runnable onEnd) {
        return DockerEvents.follow(api, settings.installation(), onDeath, onEnd);
    }

    @Override
    public void close() {
        api.close();
    }
}
