package dev.slipway.runtime.engine;

import static dev.slipway.runtime.engine.DockerApi.call;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The engine's named volumes of one installation. No other one is ever made, mounted or removed, and nothing of
/// the machine's own files is: where a volume's files are is the engine's choice.
final class DockerVolumes {
    private static final Logger log = LoggerFactory.getLogger(DockerVolumes.class);
    /// The engine looks at all its volumes, ours or not.
    private static final Duration ADDING_UP = Duration.ofMinutes(5);

    private final DockerApi api;
    private final String installation;
    private final String prefix;

    DockerVolumes(DockerApi api, String installation) {
        this.api = api;
        this.installation = installation;
        this.prefix = "slipway-" + installation + "-";
    }

    /// As the engine calls it.
    String nameOf(String volume) {
        return prefix + volume;
    }

    /// @see Engine#ensureVolume
    void ensure(VolumeSpec spec) {
        Optional<JsonNode> there = find(spec.name());
        if (there.isEmpty() && spec.made()) {
            throw new EngineException.Refused(
                    "The volume " + nameOf(spec.name())
                            + " isn't in Docker any more, and an empty one mustn't take its place",
                    null);
        }
        JsonNode volume = there.orElseGet(() -> make(spec));
        if (!ours(volume)) {
            throw new EngineException.Refused("The volume " + nameOf(spec.name()) + " belongs to somebody else", null);
        }
    }

    private Optional<JsonNode> find(String volume) {
        Request look = Request.get("/volumes/" + nameOf(volume));
        return call("look for a volume", () -> api.sendUnless(look, Refusal.NOT_FOUND));
    }

    private JsonNode make(VolumeSpec spec) {
        Map<String, String> labels = new HashMap<>(spec.labels());
        labels.put(Labels.INSTALLATION, installation);
        Request request = Request.post("/volumes/create")
                .with(Map.of("Name", nameOf(spec.name()), "Driver", "local", "Labels", labels));
        JsonNode made = call("make a volume", () -> api.send(request));
        log.info("made the volume {}", nameOf(spec.name()));
        return made;
    }

    private boolean ours(JsonNode volume) {
        return installation.equals(
                volume.path("Labels").path(Labels.INSTALLATION).asString(""));
    }

    /// @see Engine#removeVolume
    boolean remove(String volume) {
        Optional<JsonNode> there = find(volume);
        if (there.isPresent() && !ours(there.get())) {
            throw new EngineException.Refused("The volume " + nameOf(volume) + " belongs to somebody else", null);
        }
        Request removal = Request.delete("/volumes/" + nameOf(volume));
        return call("remove a volume", () -> {
            try {
                api.sendUnless(removal, Refusal.NOT_FOUND);
                return true;
            } catch (Refusal e) {
                if (e.is(Refusal.CONFLICT)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /// @see Engine#volumeUsage
    Map<String, VolumeUsage> usage(Collection<String> volumes) {
        Map<String, VolumeUsage> usage = new HashMap<>();
        Set<String> elsewhere = new HashSet<>();
        for (String volume : volumes) {
            Optional<JsonNode> found = find(volume);
            found.map(there -> there.path("Mountpoint").asString(""))
                    .filter(path -> path.contains(nameOf(volume)))
                    .flatMap(path -> VolumeWalk.of(Path.of(path)))
                    .ifPresent(size -> usage.put(volume, size));
            if (found.isPresent() && !usage.containsKey(volume)) {
                elsewhere.add(volume);
            }
        }
        if (usage.isEmpty() && !elsewhere.isEmpty()) {
            addUp(elsewhere, usage);
        }
        return usage;
    }

    /// By the engine itself, which may be elsewhere.
    private void addUp(Collection<String> volumes, Map<String, VolumeUsage> usage) {
        Request request = Request.get("/system/df?type=volume").within(ADDING_UP);
        JsonNode all = call("add up its volumes", () -> api.send(request)).path("Volumes");
        for (JsonNode volume : all) {
            String name = volume.path("Name").asString("");
            long bytes = volume.path("UsageData").path("Size").asLong(-1);
            if (name.startsWith(prefix) && volumes.contains(name.substring(prefix.length())) && bytes >= 0) {
                usage.put(name.substring(prefix.length()), new VolumeUsage(bytes, true));
            }
        }
    }
}
