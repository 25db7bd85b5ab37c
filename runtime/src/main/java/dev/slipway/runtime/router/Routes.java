package dev.slipway.runtime.router;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The route table, and what else decides about requests: immutable snapshots, each replaced in one step.
/// Readers take them once for each request and never wait.
public final class Routes {
    private volatile Map<String, AppRoute> snapshot = Map.of();
    private volatile FrontRules front = FrontRules.NONE;
    private volatile CompletableFuture<Void> predecessor = CompletableFuture.completedFuture(null);

    private final Traffic traffic = new Traffic();

    /// The requests of the apps in the table, as they are counted.
    public Traffic traffic() {
        return traffic;
    }

    public Optional<AppRoute> of(String app) {
        return Optional.ofNullable(snapshot.get(app));
    }

    public Collection<AppRoute> all() {
        return snapshot.values();
    }

    /// Another router that led to the same targets has requests in flight until `gone` completes.
    public void follow(CompletableFuture<Void> gone) {
        predecessor = gone;
    }

    /// [Target#drain], and nobody else has requests in flight to it either.
    public CompletableFuture<Void> drain(Target target) {
        return CompletableFuture.allOf(target.drain(), predecessor);
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

    public FrontRules front() {
        return front;
    }

    public void front(FrontRules rules) {
        front = rules;
    }
}
