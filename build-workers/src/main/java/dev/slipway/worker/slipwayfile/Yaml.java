package dev.slipway.worker.slipwayfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A YAML document as nodes that know their lines. Nothing of it is made into objects, so tags and aliases have no
/// power.
final class Yaml {
    private static final int DEEPEST = 20;
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private Yaml() {}

    /// Empty when there is nothing in it but comments.
    static Optional<Node> parse(String text) throws InvalidFile {
        try {
            checkDepth(text);
            return new Compose(SETTINGS).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new InvalidFile(line, "this isn't YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new InvalidFile("isn't YAML: " + e.getMessage());
        }
    }

    /// Composing needs the stack as deep as the document.
    private static void checkDepth(String text) throws InvalidFile {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new InvalidFile(
                        event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1), "this is nested too deeply.");
            }
        }
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /// A mapping's values by their keys' nodes; nothing at all is an empty one.
    ///
    /// @param what it is, for the message
    static SequencedMap<ScalarNode, Node> mapping(Node node, String what) throws InvalidFile {
        SequencedMap<ScalarNode, Node> entries = new LinkedHashMap<>();
        if (isNull(node)) {
            return entries;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw new InvalidFile(line(node), what + " must be lines of the form \"name: value\".");
        }
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new InvalidFile(line(entry.getKeyNode()), "a name is expected here.");
            }
            Integer before = seen.put(key.getValue(), line(key));
            if (before != null) {
                throw new InvalidFile(line(key), "\"" + key.getValue() + "\" stands in line " + before + " already.");
            }
            entries.put(key, entry.getValueNode());
        }
        return entries;
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    static int integer(Node node, String name) throws InvalidFile {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                return Integer.parseInt(scalar.getValue());
            } catch (NumberFormatException e) {
                throw new InvalidFile(line(node), name + " is too large.");
            }
        }
        throw new InvalidFile(line(node), name + " must be a whole number.");
    }

    static String text(Node node, String name) throws InvalidFile {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        throw new InvalidFile(line(node), name + " must be text; put it in quotes.");
    }

    /// Numbers and words like true are taken as they are written: an argument is text.
    static List<String> texts(SequenceNode node, String name) throws InvalidFile {
        List<String> texts = new ArrayList<>();
        for (Node item : node.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                throw new InvalidFile(line(item), "the words of " + name + " must be text.");
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }
}
