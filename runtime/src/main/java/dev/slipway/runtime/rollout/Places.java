package dev.slipway.runtime.rollout;

import dev.slipway.db.runs.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which commands that people and schedules asked for run, over all apps: only so many do at the same time, whatever
/// is due at midnight. The last place is for an app that has none yet, so no app can keep all others waiting. Who finds
/// no place is rung when one is free. Thread-safe.
final class Places {
    private final int most;
    /// By app.
    private final Map<Long, Set<Long>> held = new HashMap<>();
    private final Set<Ringer> waiting = new HashSet<>();

    Places(int most) {
        this.most = most;
    }

    /// Gives a run a place, if there is one. What a release waits for needs none.
    ///
    /// @param ringer rings when it is worth trying again
    synchronized boolean take(Run run, Ringer ringer) {
        if (run.kind() == Run.Kind.RELEASE) {
            return true;
        }
        int free = most - held.values().stream().mapToInt(Set::size).sum();
        if (free <= 0 || free == 1 && held.containsKey(run.appId())) {
            waiting.add(ringer);
            return false;
        }
        held.computeIfAbsent(run.appId(), app -> new HashSet<>()).add(run.id());
        return true;
    }

    /// Exactly these of an app's runs are under way, though there may be too many.
    synchronized void hold(long appId, Set<Long> runs) {
        Set<Long> before = held.put(appId, new HashSet<>(runs));
        if (runs.isEmpty()) {
            held.remove(appId);
        }
        if (before != null && !runs.containsAll(before)) {
            waiting.forEach(Ringer::ring);
            waiting.clear();
        }
    }
}
