package dev.slipway.runtime.probe;

import dev.slipway.runtime.probe.ListeningSockets.Listener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/// Finds the port of an app that doesn't listen where it was assumed to: the only one that can be reached, once
/// it has been the only one for some time, since an app may open one for its metrics before its own.
public final class PortSearch {
    private final int assumed;
    private final Duration patience;
    private int candidate;
    private Instant since = Instant.MAX;

    public PortSearch(int assumed, Duration patience) {
        this.assumed = assumed;
        this.patience = patience;
    }

    /// @param listeners what the app listens on now
    /// @return the port, when it is found and isn't the assumed one
    public OptionalInt look(List<Listener> listeners, Instant now) {
        List<Integer> open = reachable(listeners);
        if (open.size() != 1 || open.getFirst() == assumed) {
            since = Instant.MAX;
            return OptionalInt.empty();
        }
        if (since.equals(Instant.MAX) || open.getFirst() != candidate) {
            candidate = open.getFirst();
            since = now;
        }
        return now.isBefore(since.plus(patience)) ? OptionalInt.empty() : OptionalInt.of(candidate);
    }

    /// Ports that can be reached from outside of the container.
    static List<Integer> reachable(List<Listener> listeners) {
        return listeners.stream()
                .filter(l -> !l.loopback())
                .map(Listener::port)
                .distinct()
                .sorted()
                .toList();
    }
}
