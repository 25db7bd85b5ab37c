package dev.slipway.platform.access;

import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers the last `limit` things that were added or asked for. Thread-safe.
final class Recent<T> {
    private final Map<T, Boolean> things;

    Recent(int limit) {
        this.things = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
                return size() > limit;
            }
        };
    }

    synchronized void add(T thing) {
        things.put(thing, true);
    }

    synchronized boolean contains(T thing) {
        return things.get(thing) != null;
    }

    synchronized void remove(T thing) {
        things.remove(thing);
    }
}
