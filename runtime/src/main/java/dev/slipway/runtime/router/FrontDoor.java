package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.Http2ServerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The front door on one event loop: accepts connections, checks requests, finds who answers them. Several
/// share the port.
final class FrontDoor extends VerticleBase {
    private static final long SWEEP_MILLIS = 500;
    /// Who leaves closes a connection only when nothing came over it for so long: a request may be on its way.
    private static final Duration LEAVING_IDLE = Duration.ofSeconds(3);
    /// A stream may be a `git push` that waits for its build.
    private static final long LAST_STREAMS_MINUTES = 30;

    private final FrontDoorSettings settings;
    private final Routes routes;
    private final Target platform;
    private final Signpost signpost;
    private final Doorman doorman;
    private final Terms usual;
    private final Capacity capacity;
    private final Stalls stalls;
    private final HttpServerOptions options;
    private final Map<HttpConnection, Visitor> visitors = new HashMap<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private int underWay;
    private @Nullable UpstreamPool pool;
    private volatile boolean leaving;
    private final Promise<Void> left = Promise.promise();
    private final Promise<Void> emptied = Promise.promise();

    /// A client's connection: the exchanges that are under way on it (one but for HTTP/2), and since when there are
    /// none.
    private static final class Visitor {
        final List<Exchange> exchanges = new ArrayList<>(1);
        long idleSince = System.nanoTime();
        /// It sent what isn't a proper request: nothing that comes after it is believed.
        boolean refused;
    }

    FrontDoor(FrontDoorSettings settings, Routes routes, Target platform, PasswordCheck passwords, Capacity capacity) {
        this.settings = settings;
        this.routes = routes;
        this.platform = platform;
        this.signpost = new Signpost(settings);
        this.doorman = new Doorman(routes, passwords, this::enter);
        this.usual = Terms.usual(settings.limits().appIdle());
        this.capacity = capacity;
        this.stalls = new Stalls(capacity.stalled());
        this.options = Listening.plain(settings);
    }

    @Override
    public Future<?> start() {
        pool = new UpstreamPool(
                vertx.httpClientBuilder().with(Listening.upstream()).build());
        vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
        List<Future<HttpServer>> listening = new ArrayList<>(List.of(listen(options)));
        if (settings.httpsPort() > 0) {
            listening.add(listen(Listening.secure(settings, () -> routes.front().certificates())));
        }
        return Future.all(listening);
    }

    private Future<HttpServer> listen(HttpServerOptions on) {
        HttpServer server = vertx.createHttpServer(on)
                .connectionHandler(this::welcome)
                .requestHandler(this::handle)
                .invalidRequestHandler(this::refuseBroken)
                .exceptionHandler(broken -> {});
        servers.add(server);
        return server.listen();
    }

    /// Takes no new connection and no new request; those in flight go on, for at most so long.
    Future<?> shutdown(Duration most) {
        return Future.join(servers.stream()
                .map(server -> server.shutdown(most.toMillis(), TimeUnit.MILLISECONDS))
                .toList());
    }

    /// Every connection ends with its next answer; WebSockets and clients of HTTP/2 are told so. Completes when
    /// none waits for a request any more.
    Future<Void> leave() {
        // after what waits there for its welcome
        context.runOnContext(now -> {
            leaving = true;
            visitors.keySet().forEach(this::sayGoodbye);
            // who switches protocols from now on sees that we leave
            platform.dismissTunnels();
            routes.all().forEach(route -> route.targets().forEach(Target::dismissTunnels));
        });
        return left.future();
    }

    private void sayGoodbye(HttpConnection connection) {
        if (leaving && connection instanceof Http2ServerConnection) {
            connection.shutdown(LAST_STREAMS_MINUTES, TimeUnit.MINUTES);
        }
    }

    /// After [#leave]: completes when there is no connection any more.
    Future<Void> empty() {
        return emptied.future();
    }

    private void welcome(HttpConnection connection) {
        if (visitors.size() >= capacity.connections()) {
            connection.close();
            return;
        }
        StrictDecoder.install(connection, options);
        WholeEncoder.install(connection);
        visitors.put(connection, new Visitor());
        connection.closeHandler(gone -> visitors.remove(connection));
        sayGoodbye(connection);
    }

    private void handle(HttpServerRequest request) {
        switch (RequestCheck.check(request)) {
            case RequestCheck.Result.Refused(ErrorPage page) -> refuse(request, page);
            case RequestCheck.Result.Accepted(HostHeader host) -> direct(request, host);
        }
    }

    private void direct(HttpServerRequest request, HostHeader host) {
        Arrival arrival = Arrival.of(request, host, settings.proxies());
        Visitor known = visitors.get(request.connection());
        if (known != null) {
            known.idleSince = arrival.since();
        }
        Signpost.Asked asked = new Signpost.Asked(host, arrival.uri(), arrival.secure());
        FrontRules front = routes.front();
        switch (signpost.of(asked, front)) {
            case Destination.Platform() ->
                begin(
                        arrival,
                        arrival.passage(new Destination.App("", arrival.uri(), "", 0), ""),
                        new Backend.Platform(platform, settings.limits().platformIdle()));
            case Destination.App app -> {
                DoorRules rules = front.doors().get(app.name());
                if (rules == null) {
                    begin(arrival, arrival.passage(app, ""), new Backend.App(routes, app.name(), host.name(), usual));
                } else {
                    doorman.ask(arrival, app, rules);
                }
            }
            case Destination.Stranger() ->
                begin(
                        arrival,
                        arrival.passage(new Destination.App("", arrival.uri(), "", 0), ""),
                        new Backend.App(routes, "", host.name(), usual));
            case Destination.Elsewhere(String app, String location, int status) -> {
                DoorRules rules = front.doors().get(app);
                if (rules == null || doorman.mayPass(arrival, rules)) {
                    Pages.redirect(request, location, status);
                }
            }
            case Destination.Unknown() -> Farewell.send(arrival, DoorPages.rulesUnknown());
            case Destination.Authority(String answer) -> Pages.text(request, answer);
        }
    }

    private void enter(Arrival arrival, Destination.App to, DoorRules rules, String user) {
        Terms terms = rules.terms(usual.idle());
        begin(
                arrival,
                arrival.passage(to, user),
                new Backend.App(routes, to.name(), arrival.host().name(), terms));
    }

    private void begin(Arrival arrival, Passage passage, Backend backend) {
        HttpServerRequest request = arrival.request();
        Visitor visitor = visitors.get(request.connection());
        UpstreamPool connections = pool;
        if (visitor == null || visitor.refused || connections == null) {
            request.connection().close();
            return;
        }
        if (underWay >= capacity.exchanges()) {
            Pages.send(request, ErrorPage.tooBusy());
            return;
        }
        underWay++;
        long begin = System.nanoTime();
        Exchange[] exchange = new Exchange[1];
        exchange[0] = new Exchange(request, passage, backend, connections, new Exchange.Door() {
            @Override
            public boolean leaving() {
                return leaving;
            }

            @Override
            public Stalls stalls() {
                return stalls;
            }

            @Override
            public void finished() {
                underWay--;
                visitor.exchanges.remove(exchange[0]);
                visitor.idleSince = System.nanoTime();
                // how long the door took to check a password isn't the app's doing
                count(backend, request.response(), visitor.idleSince - begin);
                writeDown(arrival, backend, exchange[0].servedBy(), visitor.idleSince);
            }
        });
        visitor.exchanges.add(exchange[0]);
        exchange[0].start();
    }

    /// Names that aren't apps' aren't counted: anybody can think of any number of them.
    private void count(Backend backend, HttpServerResponse response, long nanos) {
        if (backend instanceof Backend.App app && routes.of(app.name()).isPresent()) {
            int status = response.headWritten() ? response.getStatusCode() : 0;
            routes.traffic().answered(app.name(), status, nanos);
        }
    }

    private void writeDown(Arrival arrival, Backend backend, String instance, long until) {
        if (backend instanceof Backend.App app && app.terms().appId() > 0) {
            routes.accessLog().answered(arrival.answered(app.terms().appId(), instance, until));
        }
    }

    private void refuse(HttpServerRequest request, ErrorPage page) {
        if (request.version() == HttpVersion.HTTP_2) {
            // where one stream ends and the next begins is never in doubt
            Pages.send(request, page);
            return;
        }
        Visitor visitor = visitors.get(request.connection());
        if (visitor != null) {
            visitor.refused = true;
        }
        request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Pages.send(request, page).onComplete(sent -> request.connection().close());
    }

    private void refuseBroken(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        ErrorPage page = switch (cause) {
            case io.netty.handler.codec.http.TooLongHttpHeaderException e -> ErrorPage.headersTooLarge();
            case io.netty.handler.codec.http.TooLongHttpLineException e -> ErrorPage.urlTooLong();
            default -> ErrorPage.badRequest("This isn't a request that the server understands.");
        };
        refuse(request, page);
    }

    private void tellWhoLeft() {
        if (visitors.values().stream().noneMatch(visitor -> visitor.exchanges.isEmpty())) {
            left.tryComplete();
        }
        if (visitors.isEmpty()) {
            emptied.tryComplete();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        // one that became a tunnel doesn't tell its end
        visitors.entrySet()
                .removeIf(visit -> visit.getValue().exchanges.isEmpty()
                        && !Channels.of(visit.getKey()).isOpen());
        Map.copyOf(visitors).forEach((connection, visitor) -> {
            if (visitor.exchanges.isEmpty()) {
                Duration most = leaving ? LEAVING_IDLE : settings.limits().keepAlive();
                long over = now - visitor.idleSince - most.toNanos();
                if (over > settings.limits().appIdle().toNanos()) {
                    // its close waits behind what the client doesn't read
                    Channels.abort(Channels.of(connection));
                } else if (over > 0) {
                    connection.close();
                }
            } else {
                List.copyOf(visitor.exchanges)
                        .forEach(exchange ->
                                exchange.checkIdle(now, settings.limits().tunnelIdle()));
            }
        });
        if (leaving) {
            tellWhoLeft();
        }
        if (pool != null) {
            pool.sweep();
        }
    }
}
