package dev.slipway.worker.slipwayfile;

import dev.slipway.db.releases.ProcessFile;
import dev.slipway.db.releases.Processes;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// `slipway.yml`, strictly: what isn't known is refused with its line and what is allowed there.
///
/// ```yaml
/// processes:
///   web:
///     command: node server.js
///   worker:
///     command: ["node", "worker.js"]
///     instances: 2
/// release:
///   command: node migrate.js
/// ```
public final class SlipwayFile {
    /// Bytes.
    public static final int LARGEST = 64 << 10;

    private SlipwayFile() {}

    /// @throws InvalidFile with the first thing that is wrong
    public static ProcessFile read(String text) throws InvalidFile {
        if (text.length() > LARGEST) {
            throw new InvalidFile("is too large: at most " + (LARGEST >> 10) + " KiB.");
        }
        SortedMap<String, ProcessFile.Type> processes = new TreeMap<>();
        ProcessFile.Command release = null;
        Optional<Node> root = Yaml.parse(text);
        if (root.isPresent()) {
            for (Map.Entry<ScalarNode, Node> entry :
                    Yaml.mapping(root.get(), "the file").entrySet()) {
                switch (entry.getKey().getValue()) {
                    case "processes" -> processes.putAll(processes(entry.getValue()));
                    case "release" -> release = release(entry.getKey(), entry.getValue());
                    default -> throw Fields.unknown(entry.getKey(), "processes, release");
                }
            }
        }
        return new ProcessFile(processes, release);
    }

    private static SortedMap<String, ProcessFile.Type> processes(Node node) throws InvalidFile {
        SortedMap<String, ProcessFile.Type> types = new TreeMap<>();
        for (Map.Entry<ScalarNode, Node> entry : Yaml.mapping(node, "processes").entrySet()) {
            String name = entry.getKey().getValue();
            boolean web = name.equals(Processes.WEB);
            if (!web) {
                Fields.valid(entry.getKey(), () -> Processes.checkName(name));
            }
            types.put(name, Fields.type(Yaml.mapping(entry.getValue(), name), web));
        }
        if (types.keySet().stream().filter(name -> !name.equals(Processes.WEB)).count() > Processes.MOST_OTHERS) {
            throw new InvalidFile(
                    Yaml.line(node),
                    "an app can have web and at most " + Processes.MOST_OTHERS + " other process types.");
        }
        return types;
    }

    private static ProcessFile.@Nullable Command release(ScalarNode key, Node node) throws InvalidFile {
        return Yaml.isNull(node) ? null : Fields.command(key, Yaml.mapping(node, "release"));
    }
}
