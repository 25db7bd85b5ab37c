package dev.slipway.runtime.engine;

import static dev.slipway.runtime.engine.DockerCall.call;
import static dev.slipway.runtime.engine.DockerCall.run;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Docker Engine (API 1.41, that is 20.10, or later) by docker-java. Connections are pooled and stay warm.
public final class DockerEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger(DockerEngine.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PULL_TIMEOUT = Duration.ofMinutes(30);

    private final DockerSettings settings;
    private final DockerClient docker;
    private final String network;
    private volatile int cpus;

    public DockerEngine(DockerSettings settings) {
        this.settings = settings;
        this.network = "slipway-" + settings.installation();
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(settings.host())
                .withApiVersion("1.41")
                .build();
        var http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(64)
                .connectionTimeout(CONNECT_TIMEOUT)
                .build();
        this.docker = DockerClientImpl.getInstance(config, http);
    }

    @Override
    public void prepare() {
        Integer count =
                call("say how many CPUs it has", () -> docker.infoCmd().exec()).getNCPU();
        cpus = count == null ? 1 : count;
        boolean there = call(
                        "list networks",
                        () -> docker.listNetworksCmd().withNameFilter(network).exec())
                .stream()
                .anyMatch(n -> network.equals(n.getName()));
        if (!there) {
            run(
                    "make the network " + network,
                    () -> docker.createNetworkCmd()
                            .withName(network)
                            .withDriver("bridge")
                            // containers of one installation can't reach each other
                            .withOptions(Map.of("com.docker.network.bridge.enable_icc", "false"))
                            .withLabels(Map.of(Labels.INSTALLATION, settings.installation()))
                            .withCheckDuplicate(true)
                            .exec());
            log.info("made the network {}", network);
        }
    }

    @Override
    public String ensureImage(ImageSource source) {
        if (hasImage(source.imageId().value())) {
            return source.imageId().value();
        }
        if (source.digest() == null) {
            throw new EngineException.ImageUnavailable(
                    "The image " + source.imageId().abbreviated() + " isn't in Docker any more", null);
        }
        String repository = settings.registry() + "/" + source.repository();
        String reference = repository + "@" + source.digest();
        if (!hasImage(reference)) {
            pull(repository, source.digest().value());
        }
        return reference;
    }

    private boolean hasImage(String reference) {
        return call("look for the image " + reference, () -> {
            try {
                docker.inspectImageCmd(reference).exec();
                return true;
            } catch (NotFoundException absent) {
                return false;
            }
        });
    }

    private void pull(String repository, String digest) {
        AuthConfig credentials = new AuthConfig()
                .withRegistryAddress(settings.registry())
                .withUsername(settings.registryUser())
                .withPassword(settings.registryPassword());
        String what = "pull " + repository + "@" + digest;
        try {
            boolean whole = docker.pullImageCmd(repository)
                    .withTag(digest)
                    .withAuthConfig(credentials)
                    .start()
                    .awaitCompletion(PULL_TIMEOUT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            if (!whole) {
                throw new EngineException.ImageUnavailable(
                        "Docker couldn't " + what + " within " + PULL_TIMEOUT.toMinutes() + " minutes", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Unavailable("interrupted", e);
        } catch (DockerException e) {
            throw new EngineException.ImageUnavailable("Docker couldn't " + what + ": " + DockerCall.sentence(e), e);
        } catch (com.github.dockerjava.api.exception.DockerClientException e) {
            throw new EngineException.ImageUnavailable("Docker couldn't " + what + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw DockerCall.unavailable(what, e);
        }
    }

    @Override
    public Container start(ContainerSpec spec) {
        Map<String, String> labels = new HashMap<>(spec.labels());
        labels.put(Labels.INSTALLATION, settings.installation());
        CreateContainerResponse created = call("create a container", () -> {
            try {
                return create(spec, labels);
            } catch (ConflictException leftBehind) {
                // by a call whose answer never arrived
                remove(nameOf(spec));
                return create(spec, labels);
            } catch (NotFoundException e) {
                throw new EngineException.ImageUnavailable(
                        "The image was removed from Docker just before the start", e);
            }
        });
        try {
            run(
                    "start a container",
                    () -> docker.startContainerCmd(created.getId()).exec());
        } catch (EngineException.Refused e) {
            remove(created.getId());
            throw e;
        }
        return inspect(created.getId())
                .orElseThrow(() -> new EngineException.Refused("the container vanished at its start", null));
    }

    private String nameOf(ContainerSpec spec) {
        return network + "-" + spec.name();
    }

    private CreateContainerResponse create(ContainerSpec spec, Map<String, String> labels) {
        return docker.createContainerCmd(spec.image())
                .withName(nameOf(spec))
                .withEnv(spec.environment().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList())
                .withLabels(labels)
                .withHostConfig(DockerRequest.hostConfig(spec.limits(), network, cpus))
                .exec();
    }

    @Override
    public List<Container> list() {
        List<Container> containers = new ArrayList<>();
        var listed = call(
                "list containers",
                () -> docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(Labels.INSTALLATION, settings.installation()))
                        .exec());
        for (var container : listed) {
            String address = addressOf(container);
            if (!"running".equals(container.getState()) || address.isEmpty()) {
                inspect(container.getId()).ifPresent(containers::add);
            } else {
                containers.add(new Container(
                        container.getId(),
                        container.getLabels(),
                        new Container.Status.Running(),
                        address,
                        0,
                        Instant.ofEpochSecond(container.getCreated())));
            }
        }
        return containers;
    }

    private String addressOf(com.github.dockerjava.api.model.Container container) {
        var settingsOfNetworks = container.getNetworkSettings();
        ContainerNetwork ours = settingsOfNetworks == null
                ? null
                : settingsOfNetworks.getNetworks().get(network);
        return ours == null || ours.getIpAddress() == null ? "" : ours.getIpAddress();
    }

    @Override
    public Optional<Container> inspect(String containerId) {
        return call("inspect a container", () -> {
            try {
                return Optional.of(
                        container(docker.inspectContainerCmd(containerId).exec()));
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    private Container container(InspectContainerResponse inspected) {
        var state = inspected.getState();
        boolean running = Boolean.TRUE.equals(state.getRunning());
        Container.Status status = running
                ? new Container.Status.Running()
                : "created".equals(state.getStatus())
                        ? new Container.Status.Created()
                        : new Container.Status.Exited(
                                state.getExitCodeLong() == null
                                        ? 0
                                        : state.getExitCodeLong().intValue(),
                                Boolean.TRUE.equals(state.getOOMKilled()));
        ContainerNetwork ours = inspected.getNetworkSettings().getNetworks().get(network);
        String address = running
                        && ours != null
                        && ours.getIpAddress() != null
                        && !ours.getIpAddress().isEmpty()
                ? ours.getIpAddress()
                : null;
        Map<String, String> labels = inspected.getConfig().getLabels();
        return new Container(
                inspected.getId(),
                labels == null ? Map.of() : labels,
                status,
                address,
                running && state.getPidLong() != null ? state.getPidLong() : 0,
                Instant.parse(inspected.getCreated()));
    }

    @Override
    public void stop(String containerId, Duration grace) {
        run("stop a container", () -> {
            try {
                docker.stopContainerCmd(containerId)
                        .withTimeout((int) grace.toSeconds())
                        .exec();
            } catch (NotFoundException | NotModifiedException alreadyEnded) {
                log.debug("{} had already ended", containerId);
            }
        });
    }

    @Override
    public void remove(String containerId) {
        run("remove a container", () -> {
            try {
                docker.removeContainerCmd(containerId)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException goneOrGoing) {
                log.debug("{} is gone, or its removal is under way", containerId);
            }
        });
    }

    @Override
    public void logs(String containerId, int lines, OutputStream out) throws IOException {
        DockerLogs.copy(docker, containerId, lines, out);
    }

    @Override
    public List<LocalImage> images() {
        return DockerImages.list(docker, settings.installation());
    }

    @Override
    public void removeImage(String name) {
        DockerImages.remove(docker, name);
    }

    @Override
    public AutoCloseable deaths(Consumer<String> onDeath, Runnable onEnd) {
        return call(
                "tell its events",
                () -> docker.eventsCmd()
                        .withEventTypeFilter(EventType.CONTAINER)
                        .withEventFilter("die")
                        .withLabelFilter(Map.of(Labels.INSTALLATION, settings.installation()))
                        .exec(new DockerEvents(onDeath, onEnd)));
    }

    @Override
    public void close() {
        try {
            docker.close();
        } catch (IOException e) {
            log.debug("closing the Docker client", e);
        }
    }
}
