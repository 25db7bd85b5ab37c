package dev.slipway.runtime.router;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The route table: one immutable snapshot, replaced in one step. Readers take it once for each request and
/// never wait.
public final class Routes {
    private volatile Map<String, AppRoute> snapshot = Map.of();

    public Optional<AppRoute> of(String app) {
        return Optional.ofNullable(snapshot.get(app));
    }

    public Collection<AppRoute> all() {
        return snapshot.values();
    }

    /// Adds or replaces an app's route.
    public synchronized void put(AppRoute route) {
        Map<String, AppRoute> next = new HashMap<>(snapshot);
        next.put(route.app(), route);
        snapshot = Map.copyOf(next);
    }

    public synchronized void remove(String app) {
        Map<String, AppRoute> next = new HashMap<>(snapshot);
        next.remove(app);
        snapshot = Map.copyOf(next);
    }
}
