package dev.slipway.runtime.router;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// Where requests wait for their app to have a target. No thread waits with them, and nothing of their bodies is
/// read. Who comes first is called first. Thread-safe.
final class WaitingRoom {
    private final HoldSettings limits;
    private final Map<String, SequencedSet<Place>> queues = new HashMap<>();
    private int taken;

    WaitingRoom(HoldSettings limits) {
        this.limits = limits;
    }

    /// One waiting request's.
    final class Place {
        private final String app;
        private final Runnable turn;

        Place(String app, Runnable turn) {
            this.app = app;
            this.turn = turn;
        }

        /// Gives the place up; false when it was called before, or left.
        boolean leave() {
            return remove(this);
        }
    }

    /// Empty when there is no place left.
    ///
    /// @param turn called once when it is the request's turn, unless it leaves before; from any thread, so it
    ///     must hand the work over to its own
    Optional<Place> enter(String app, Runnable turn) {
        synchronized (queues) {
            Collection<Place> before = queues.getOrDefault(app, new LinkedHashSet<>());
            if (limits.longest().isZero() || taken >= limits.inAll() || before.size() >= limits.perApp()) {
                return Optional.empty();
            }
            Place place = new Place(app, turn);
            queues.computeIfAbsent(app, a -> new LinkedHashSet<>()).add(place);
            taken++;
            return Optional.of(place);
        }
    }

    private boolean remove(Place place) {
        synchronized (queues) {
            SequencedSet<Place> queue = queues.get(place.app);
            if (queue == null || !queue.remove(place)) {
                return false;
            }
            taken--;
            if (queue.isEmpty()) {
                queues.remove(place.app);
            }
            return true;
        }
    }

    /// Calls all who wait for an app, in their order.
    void call(String app) {
        List<Place> called;
        synchronized (queues) {
            SequencedSet<Place> queue = queues.remove(app);
            called = queue == null ? List.of() : new ArrayList<>(queue);
            taken -= called.size();
        }
        called.forEach(place -> place.turn.run());
    }

    Set<String> awaited() {
        synchronized (queues) {
            return Set.copyOf(queues.keySet());
        }
    }

    int waiting() {
        synchronized (queues) {
            return taken;
        }
    }

    int waiting(String app) {
        synchronized (queues) {
            SequencedSet<Place> queue = queues.get(app);
            return queue == null ? 0 : queue.size();
        }
    }
}
