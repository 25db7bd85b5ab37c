package dev.slipway.runtime.rollout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may be writing which volume, over all apps. From when an instance is let in until its container is removed
/// nobody else is: whatever a plan says, a volume never has two writers. Thread-safe.
final class Writers {
    private final Map<String, Set<Supervised>> holders = new HashMap<>();

    /// Lets an instance in if nobody else may be writing what it writes.
    synchronized boolean admit(Supervised instance) {
        boolean free = instance.writes.stream()
                .allMatch(volume -> Set.of(instance).containsAll(holders.getOrDefault(volume, Set.of())));
        if (free) {
            found(instance);
        }
        return free;
    }

    /// It has its volumes already.
    synchronized void found(Supervised instance) {
        for (String volume : instance.writes) {
            holders.computeIfAbsent(volume, v -> new HashSet<>()).add(instance);
        }
    }

    /// Its container is removed, or was never made.
    synchronized void gone(Supervised instance) {
        for (String volume : instance.writes) {
            Set<Supervised> left = holders.get(volume);
            if (left != null && left.remove(instance) && left.isEmpty()) {
                holders.remove(volume);
            }
        }
    }

    /// Volumes that another app's instances may be writing: one that was just given to this app, mostly.
    synchronized Set<String> takenByOthersThan(long appId) {
        return holders.entrySet().stream()
                .filter(held -> held.getValue().stream().anyMatch(instance -> instance.appId != appId))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
