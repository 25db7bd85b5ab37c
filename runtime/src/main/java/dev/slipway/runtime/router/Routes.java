package dev.slipway.runtime.router;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The route table, and what else decides about requests: immutable snapshots, each replaced in one step.
/// Readers take them once for each request and never wait.
public final class Routes {
    private volatile Map<String, AppRoute> snapshot = Map.of();
    private volatile FrontRules front = FrontRules.NONE;
    private volatile CompletableFuture<Void> predecessor = CompletableFuture.completedFuture(null);

    private final Traffic traffic = new Traffic();
    private final WaitingRoom room;
    private final HoldSettings hold;
    private volatile AccessLog accessLog = AccessLog.NONE;
    private volatile Consumer<String> onKnock = app -> {};

    /// @param hold how requests wait for a route that [AppRoute.Status#holds] them
    public Routes(HoldSettings hold) {
        this.hold = hold;
        this.room = new WaitingRoom(hold);
    }

    public Routes() {
        this(HoldSettings.DEFAULT);
    }

    /// The requests of the apps in the table, as they are counted.
    public Traffic traffic() {
        return traffic;
    }

    AccessLog accessLog() {
        return accessLog;
    }

    /// From now on this one is told.
    public void accessLog(AccessLog log) {
        accessLog = log;
    }

    public Optional<AppRoute> of(String app) {
        return Optional.ofNullable(snapshot.get(app));
    }

    public Collection<AppRoute> all() {
        return snapshot.values();
    }

    /// Has a request wait until the app's route holds nobody back any more. Empty when there is no place for it.
    ///
    /// @param turn see [WaitingRoom#enter]; may be called before this returns
    Optional<WaitingRoom.Place> await(String app, Runnable turn) {
        Optional<WaitingRoom.Place> place = room.enter(app, turn);
        onKnock.accept(app);
        if (!holds(app)) {
            // the route changed between the request's look at it and its entry
            room.call(app);
        }
        return place;
    }

    private boolean holds(String app) {
        AppRoute route = snapshot.get(app);
        return route != null && route.holds();
    }

    /// What is told the name of an app for which a request has to wait. It is called on event loops.
    public void onKnock(Consumer<String> listener) {
        onKnock = listener;
    }

    /// A request waits for an app elsewhere: at a router that has handed over to this one.
    public void knock(String app) {
        onKnock.accept(app);
    }

    /// For which apps requests wait.
    public Set<String> awaited() {
        return room.awaited();
    }

    /// How many requests wait for an app.
    public int waiting(String app) {
        return room.waiting(app);
    }

    /// How many requests wait.
    public int waiting() {
        return room.waiting();
    }

    Duration longestWait() {
        return hold.longest();
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
    public void put(AppRoute route) {
        synchronized (this) {
            Map<String, AppRoute> next = new HashMap<>(snapshot);
            next.put(route.app(), route);
            snapshot = Map.copyOf(next);
        }
        callUnlessHeld(route.app());
    }

    public void remove(String app) {
        synchronized (this) {
            Map<String, AppRoute> next = new HashMap<>(snapshot);
            next.remove(app);
            snapshot = Map.copyOf(next);
        }
        callUnlessHeld(app);
    }

    private void callUnlessHeld(String app) {
        if (!holds(app)) {
            room.call(app);
        }
    }

    public FrontRules front() {
        return front;
    }

    /// WebSockets of apps whose rules admit others from now on have to come in anew.
    public synchronized void front(FrontRules rules) {
        FrontRules before = front;
        front = rules;
        rules.doors().keySet().forEach(app -> {
            if (rules.admitOthersThan(Optional.ofNullable(before.doors().get(app)), app)) {
                of(app).ifPresent(route -> route.targets().forEach(Target::dismissTunnels));
            }
        });
    }
}
