package dev.slipway.platform.door;

import dev.slipway.db.door.DoorSettings;
import java.util.ArrayList;
import java.util.List;

/// What changed at a door, for an app's history.
final class DoorWords {
    private DoorWords() {}

    static String change(DoorSettings before, DoorSettings after) {
        List<String> parts = new ArrayList<>();
        if (before.maintenance().on() != after.maintenance().on()) {
            parts.add(after.maintenance().on() ? "maintenance on" : "maintenance off");
        } else if (!before.maintenance().equals(after.maintenance())) {
            parts.add("maintenance page changed");
        }
        if (!before.allowed().equals(after.allowed())) {
            parts.add(
                    after.allowed().isEmpty()
                            ? "open to all addresses"
                            : "open to " + after.allowed().size()
                                    + (after.allowed().size() == 1 ? " address or range" : " addresses and ranges")
                                    + " only");
        }
        if (!before.limits().equals(after.limits())) {
            parts.add("limits of requests changed");
        }
        if (before.accessLog() != after.accessLog()) {
            parts.add(after.accessLog() ? "access log on" : "access log off");
        }
        return "Access: " + String.join("; ", parts);
    }
}
