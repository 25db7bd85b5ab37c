package dev.slipway.runtime.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Containers as Docker describes them.
final class DockerAnswer {
    private DockerAnswer() {}

    /// An element of a list. Empty when the list doesn't say enough: of a container that doesn't run, or not
    /// yet on the network.
    static Optional<Container> listed(JsonNode container, String network) {
        String address = address(container, network);
        String state = container.path("State").asString("");
        if (!List.of("running", "paused").contains(state) || address == null) {
            return Optional.empty();
        }
        return Optional.of(new Container(
                id(container),
                labels(container.path("Labels")),
                state.equals("paused") ? new Container.Status.Frozen() : new Container.Status.Running(),
                address,
                0,
                Instant.ofEpochSecond(container.path("Created").asLong(0))));
    }

    /// An element of a list of which nothing else could be found out.
    static Container unknown(JsonNode container) {
        return new Container(
                id(container),
                labels(container.path("Labels")),
                new Container.Status.Unknown(),
                null,
                0,
                Instant.ofEpochSecond(container.path("Created").asLong(0)));
    }

    static Container inspected(JsonNode container, String network) {
        JsonNode state = container.path("State");
        boolean running = state.path("Running").asBoolean(false);
        return new Container(
                id(container),
                labels(container.path("Config").path("Labels")),
                status(state),
                running ? address(container, network) : null,
                running ? state.path("Pid").asLong(0) : 0,
                instant(container.path("Created").asString("")));
    }

    static String id(JsonNode answer) {
        return answer.path("Id").asString("");
    }

    /// Empty when it doesn't run.
    static Optional<Usage> usage(JsonNode stats) {
        JsonNode memory = stats.path("memory_stats");
        if (!memory.has("usage")) {
            return Optional.empty();
        }
        JsonNode details = memory.path("stats");
        long inactive = details.path("total_inactive_file")
                .asLong(details.path("inactive_file").asLong(0));
        return Optional.of(new Usage(
                stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong(0),
                memory.path("usage").asLong(0) - inactive,
                memory.path("limit").asLong(0)));
    }

    private static Container.Status status(JsonNode state) {
        if (state.path("Paused").asBoolean(false)) {
            return new Container.Status.Frozen();
        }
        if (state.path("Running").asBoolean(false)) {
            return new Container.Status.Running();
        }
        return "created".equals(state.path("Status").asString(""))
                ? new Container.Status.Created()
                : new Container.Status.Exited(
                        state.path("ExitCode").asInt(0), state.path("OOMKilled").asBoolean(false));
    }

    private static @Nullable String address(JsonNode container, String network) {
        String address = container
                .path("NetworkSettings")
                .path("Networks")
                .path(network)
                .path("IPAddress")
                .asString("");
        return address.isEmpty() ? null : address;
    }

    static Map<String, String> labels(JsonNode labels) {
        return labels.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asString("")));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
