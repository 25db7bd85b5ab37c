package dev.slipway.platform.releases;

import dev.slipway.db.Json;
import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.Words;
import dev.slipway.platform.releases.Comparison.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Compares process specs in every field they have, also those that didn't exist when this was written: it works on
/// the form in which they are stored. Pure.
final class ProcessDifference {
    private static final String NESTED = " › ";

    /// How a field is called, and its value written; of others the name is spelled out.
    private record Wording(String name, UnaryOperator<String> value) {}

    private static final Map<String, Wording> WORDINGS = Map.ofEntries(
            Map.entry("port", new Wording("Port", value -> value.isEmpty() ? "the image's" : value)),
            Map.entry("healthPath", new Wording("Health check", value -> value.isEmpty() ? "TCP" : "HTTP " + value)),
            health("host", new Wording("Health check host", value -> value.isEmpty() ? "the app's" : value)),
            health("command", new Wording("Health check command", value -> value.isEmpty() ? "none" : words(value))),
            health("intervalSeconds", new Wording("Health check interval", or(HealthCheck.INTERVAL_SECONDS, " s"))),
            health("timeoutSeconds", new Wording("Health check time limit", or(HealthCheck.TIMEOUT_SECONDS, " s"))),
            health("failures", new Wording("Failed health checks in a row", or(HealthCheck.FAILURES, ""))),
            Map.entry("memoryMb", new Wording("Memory", value -> value + " MiB")),
            Map.entry("cpuMillis", new Wording("CPU", ProcessDifference::cpus)),
            Map.entry("pids", new Wording("Process limit", UnaryOperator.identity())),
            Map.entry("command", new Wording("Command", ProcessDifference::command)),
            Map.entry("upSeconds", new Wording("Time to be up", value -> value.isEmpty() ? "5 s" : value + " s")),
            Map.entry("timeoutSeconds", new Wording("Time limit", value -> value + " s")),
            Map.entry("startSeconds", new Wording("Start time", value -> value + " s")),
            Map.entry("drainSeconds", new Wording("Drain time", value -> value + " s")));

    private ProcessDifference() {}

    static List<Change> between(Processes from, Processes to) {
        List<Change> changes = new ArrayList<>(between(tree(from.web()), tree(to.web())));
        SortedSet<String> others = new TreeSet<>(from.others().keySet());
        others.addAll(to.others().keySet());
        for (String type : others) {
            ProcessSpec before = from.others().get(type);
            ProcessSpec after = to.others().get(type);
            if (before != null && after != null) {
                between(tree(before), tree(after)).forEach(change -> changes.add(of(type, change)));
            } else {
                changes.add(new Change("Process type " + type, presence(before), presence(after)));
            }
        }
        changes.addAll(release(from.release(), to.release()));
        return changes;
    }

    private static Change of(String type, Change change) {
        return new Change(type + NESTED + change.what().toLowerCase(Locale.ROOT), change.from(), change.to());
    }

    private static String presence(@Nullable ProcessSpec spec) {
        return spec == null ? "not there" : spec.command() == null ? "the image's command" : Words.join(spec.command());
    }

    private static List<Change> release(@Nullable ReleaseCommand from, @Nullable ReleaseCommand to) {
        if (from != null && to != null) {
            return between(tree(from), tree(to)).stream()
                    .map(change -> of("release", change))
                    .toList();
        }
        return from == to ? List.of() : List.of(new Change("Release command", presence(from), presence(to)));
    }

    private static String presence(@Nullable ReleaseCommand command) {
        return command == null ? "none" : Words.join(command.command());
    }

    /// Of the stored forms.
    static List<Change> between(Map<?, ?> from, Map<?, ?> to) {
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        flatten("", from, before);
        flatten("", to, after);
        SortedSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            String old = before.getOrDefault(path, "");
            String now = after.getOrDefault(path, "");
            if (!Objects.equals(old, now)) {
                changes.add(new Change(name(path), value(path, old), value(path, now)));
            }
        }
        return changes;
    }

    static Map<?, ?> tree(Record spec) {
        return Json.read(Json.write(spec), Map.class);
    }

    private static void flatten(String path, Object value, Map<String, String> into) {
        switch (value) {
            case Map<?, ?> map -> {
                if (map.isEmpty() && !path.isEmpty()) {
                    into.put(path, "there");
                }
                map.forEach((name, inner) -> {
                    String at = path.isEmpty() ? String.valueOf(name) : path + NESTED + name;
                    if (inner == null) {
                        into.put(at, "");
                    } else {
                        flatten(at, inner, into);
                    }
                });
            }
            case List<?> list -> {
                if (list.stream().anyMatch(Map.class::isInstance)) {
                    for (int i = 0; i < list.size(); i++) {
                        flatten(path + NESTED + (i + 1), list.get(i), into);
                    }
                } else {
                    into.put(path, Json.write(list));
                }
            }
            default -> into.put(path, String.valueOf(value));
        }
    }

    private static String name(String path) {
        Wording wording = WORDINGS.get(path);
        return wording == null ? spelled(path) : wording.name();
    }

    private static String value(String path, String value) {
        Wording wording = WORDINGS.get(path);
        if (wording != null) {
            return wording.value().apply(value);
        }
        return value.isEmpty() ? "not set" : value;
    }

    /// "stopSignal" is "Stop signal".
    private static String spelled(String path) {
        String words = path.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    @SuppressWarnings("unchecked")
    private static Map.Entry<String, Wording> health(String field, Wording wording) {
        return Map.entry("health" + NESTED + field, wording);
    }

    private static UnaryOperator<String> or(int usual, String unit) {
        return value -> (value.isEmpty() ? Integer.toString(usual) : value) + unit;
    }

    private static String command(String words) {
        return words.isEmpty() ? "the image's" : words(words);
    }

    @SuppressWarnings("unchecked")
    private static String words(String list) {
        return Words.join(Json.read(list, List.class));
    }

    private static String cpus(String millis) {
        return Integer.parseInt(millis) / 1000.0 + " CPUs";
    }
}
