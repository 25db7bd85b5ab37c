package dev.slipway.platform.api;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON merge patches (RFC 7396): what isn't mentioned stays.
final class MergePatch {
    private MergePatch() {}

    static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            JsonNode value = change.getValue();
            if (value instanceof ObjectNode inner) {
                ObjectNode old =
                        target.get(change.getKey()) instanceof ObjectNode present ? present : target.objectNode();
                target.set(change.getKey(), merge(old, inner));
            } else {
                target.set(change.getKey(), value);
            }
        });
        return target;
    }
}
