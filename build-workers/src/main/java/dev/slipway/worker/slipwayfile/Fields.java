package dev.slipway.worker.slipwayfile;

import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessFile;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// The fields of a process type and of the release command. Each is checked by itself, so that what is wrong is told
/// with its line.
final class Fields {
    private static final List<String> OF_ALL =
            List.of("command", "instances", "memoryMb", "cpuMillis", "pids", "drainSeconds", "stopSignal", "health");
    private static final List<String> OF_WEB = List.of("port", "healthPath", "startSeconds");
    private static final List<String> OF_OTHERS = List.of("upSeconds");
    private static final List<String> OF_HEALTH =
            List.of("host", "command", "intervalSeconds", "timeoutSeconds", "failures");
    private static final Set<String> TEXTS = Set.of("healthPath", "stopSignal", "host");

    private Fields() {}

    /// What may be wrong with a value.
    interface Check {
        /// @throws IllegalArgumentException with a message for the user
        void run();
    }

    static void valid(Node at, Check check) throws InvalidFile {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new InvalidFile(Yaml.line(at), String.valueOf(e.getMessage()));
        }
    }

    static InvalidFile unknown(ScalarNode key, String allowed) {
        String name = key.getValue();
        return new InvalidFile(
                Yaml.line(key),
                "\"" + (name.length() <= 80 ? name : name.substring(0, 80) + "…") + "\" isn't known here; allowed: "
                        + allowed + ".");
    }

    static ProcessFile.Type type(SequencedMap<ScalarNode, Node> entries, boolean web) throws InvalidFile {
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<ScalarNode, Node> entry : entries.entrySet()) {
            String name = entry.getKey().getValue();
            if (!OF_ALL.contains(name) && !(web ? OF_WEB : OF_OTHERS).contains(name)) {
                throw unknown(
                        entry.getKey(), String.join(", ", OF_ALL) + ", " + String.join(", ", web ? OF_WEB : OF_OTHERS));
            }
            Object value = value(name, entry.getValue());
            valid(entry.getKey(), () -> type(Map.of(name, value)).over(ProcessSpec.DEFAULT));
            values.put(name, value);
        }
        return type(values);
    }

    private static Object value(String name, Node node) throws InvalidFile {
        return switch (name) {
            case "command" -> words(node);
            case "health" -> health(Yaml.mapping(node, name));
            default -> TEXTS.contains(name) ? Yaml.text(node, name) : Yaml.integer(node, name);
        };
    }

    private static ProcessFile.Type type(Map<String, Object> values) {
        @SuppressWarnings("unchecked")
        List<String> command = (List<String>) values.get("command");
        return new ProcessFile.Type(
                command,
                integer(values, "instances"),
                integer(values, "port"),
                (String) values.get("healthPath"),
                integer(values, "memoryMb"),
                integer(values, "cpuMillis"),
                integer(values, "pids"),
                integer(values, "startSeconds"),
                integer(values, "upSeconds"),
                integer(values, "drainSeconds"),
                (String) values.get("stopSignal"),
                (HealthCheck) values.get("health"));
    }

    private static HealthCheck health(SequencedMap<ScalarNode, Node> entries) throws InvalidFile {
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<ScalarNode, Node> entry : entries.entrySet()) {
            String name = entry.getKey().getValue();
            if (!OF_HEALTH.contains(name)) {
                throw unknown(entry.getKey(), String.join(", ", OF_HEALTH));
            }
            Object value = value(name, entry.getValue());
            valid(entry.getKey(), () -> health(Map.of(name, value)));
            values.put(name, value);
        }
        return health(values);
    }

    private static HealthCheck health(Map<String, Object> values) {
        @SuppressWarnings("unchecked")
        List<String> command = (List<String>) values.get("command");
        return new HealthCheck(
                (String) values.get("host"),
                command,
                integer(values, "intervalSeconds"),
                integer(values, "timeoutSeconds"),
                integer(values, "failures"));
    }

    private static @Nullable Integer integer(Map<String, Object> values, String name) {
        return (Integer) values.get(name);
    }

    /// @param at where it begins
    static ProcessFile.Command command(ScalarNode at, SequencedMap<ScalarNode, Node> entries) throws InvalidFile {
        List<String> command = null;
        Integer timeout = null;
        for (Map.Entry<ScalarNode, Node> entry : entries.entrySet()) {
            switch (entry.getKey().getValue()) {
                case "command" -> {
                    List<String> words = words(entry.getValue());
                    valid(entry.getKey(), () -> new ProcessFile.Command(words, null).over(null));
                    command = words;
                }
                case "timeoutSeconds" -> {
                    int seconds = Yaml.integer(entry.getValue(), "timeoutSeconds");
                    valid(entry.getKey(), () -> new ProcessFile.Command(List.of("x"), seconds).over(null));
                    timeout = seconds;
                }
                default -> throw unknown(entry.getKey(), "command, timeoutSeconds");
            }
        }
        if (command == null) {
            throw new InvalidFile(Yaml.line(at), "release needs a command.");
        }
        return new ProcessFile.Command(command, timeout);
    }

    /// A list, or a line that is split into words.
    private static List<String> words(Node node) throws InvalidFile {
        if (node instanceof SequenceNode list) {
            return Yaml.texts(list, "command");
        }
        String line = Yaml.text(node, "command");
        try {
            return Words.split(line);
        } catch (IllegalArgumentException e) {
            throw new InvalidFile(Yaml.line(node), "command: " + e.getMessage());
        }
    }
}
