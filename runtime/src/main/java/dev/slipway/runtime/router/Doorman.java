package dev.slipway.runtime.router;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;

/// Asks an app's rules about its requests, and sends away who may not enter. Lives on one event loop.
final class Doorman {
    private static final String CHALLENGE = "Basic realm=\"%s\", charset=\"UTF-8\"";

    /// Where those go who may.
    interface Inside {
        void enter(Arrival arrival, Destination.App to, DoorRules rules, String user);
    }

    private final Routes routes;
    private final PasswordCheck passwords;
    private final Inside inside;

    Doorman(Routes routes, PasswordCheck passwords, Inside inside) {
        this.routes = routes;
        this.passwords = passwords;
        this.inside = inside;
    }

    void ask(Arrival arrival, Destination.App to, DoorRules rules) {
        switch (rules.decide(arrival.facts())) {
            case DoorRules.Verdict.Enter() -> inside.enter(arrival, to, rules, "");
            case DoorRules.Verdict.Refuse(DoorRules.Refusal why, ErrorPage page) -> turnAway(arrival, rules, why, page);
            case DoorRules.Verdict.Prove prove -> prove(arrival, to, rules, prove);
        }
    }

    /// Whether this visitor may be told where a domain of the app leads.
    boolean mayPass(Arrival arrival, DoorRules rules) {
        InetAddress address = arrival.address();
        boolean may = rules.mayPass(address);
        if (!may) {
            turnAway(arrival, rules, DoorRules.Refusal.ADDRESS, DoorPages.notFromHere(rules.app(), address));
        }
        return may;
    }

    private void prove(Arrival arrival, Destination.App to, DoorRules rules, DoorRules.Verdict.Prove prove) {
        PasswordCheck.Claim claim =
                new PasswordCheck.Claim(rules.app(), prove.password(), prove.given(), arrival.client());
        PasswordCheck.Result known = passwords.known(claim);
        if (known != null) {
            proven(known, arrival, to, rules, prove.user());
            return;
        }
        // what follows the head waits for the answer
        arrival.request().pause();
        Context loop = Vertx.currentContext();
        passwords.compare(
                claim,
                result -> loop.runOnContext(now -> {
                    HttpServerRequest request = arrival.request();
                    if (request.response().closed()) {
                        return; // the visitor went away meanwhile
                    }
                    if (!arrival.mayHaveMore()) {
                        request.resume();
                    }
                    proven(result, arrival, to, rules, prove.user());
                }));
    }

    private void proven(
            PasswordCheck.Result result, Arrival arrival, Destination.App to, DoorRules rules, String user) {
        switch (result) {
            case RIGHT -> inside.enter(arrival, to, rules, user);
            case WRONG -> turnAway(arrival, rules, DoorRules.Refusal.PASSWORD, DoorPages.wrongPassword(rules.app()));
            case LATER -> turnAway(arrival, rules, DoorRules.Refusal.PASSWORD, DoorPages.tooManyGuesses());
            case BUSY -> turnAway(arrival, rules, DoorRules.Refusal.PASSWORD, DoorPages.busy(rules.app()));
        }
    }

    private void turnAway(Arrival arrival, DoorRules rules, DoorRules.Refusal why, ErrorPage page) {
        HttpServerRequest request = arrival.request();
        if (page.status() == DoorPages.UNAUTHORIZED) {
            request.response().putHeader("WWW-Authenticate", CHALLENGE.formatted(rules.app()));
        }
        routes.traffic().turnedAway(rules.app(), why);
        Farewell.send(arrival, page).onComplete(sent -> {
            if (rules.accessLog()) {
                routes.accessLog().answered(arrival.answered(rules.appId(), "", System.nanoTime()));
            }
        });
    }
}
