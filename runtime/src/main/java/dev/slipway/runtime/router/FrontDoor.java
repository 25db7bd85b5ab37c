package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The front door on one event loop: accepts connections, checks requests, finds who answers them. Several
/// share the port.
final class FrontDoor extends VerticleBase {
    private static final long SWEEP_MILLIS = 500;
    /// Who leaves closes a connection only when nothing came over it for so long: a request may be on its way.
    private static final Duration LEAVING_IDLE = Duration.ofSeconds(3);

    private static final int CHUNK_BYTES = 32 * 1024;
    /// For each event loop: so many idle connections cost about 100 MB.
    private static final int MOST_CONNECTIONS = 10_000;

    private final FrontDoorSettings settings;
    private final Routes routes;
    private final Target platform;
    private final HttpServerOptions options;
    private final Map<HttpConnection, Visitor> visitors = new HashMap<>();
    private @Nullable UpstreamPool pool;
    private @Nullable HttpServer server;
    private volatile boolean leaving;
    private final Promise<Void> left = Promise.promise();
    private final Promise<Void> emptied = Promise.promise();

    /// A client's connection: the exchange that is under way on it, and when it began to wait for the next.
    private static final class Visitor {
        @Nullable
        Exchange exchange;

        long idleSince = System.nanoTime();
        /// It sent what isn't a proper request: nothing that comes after it is believed.
        boolean refused;
    }

    FrontDoor(FrontDoorSettings settings, Routes routes, Target platform) {
        this.settings = settings;
        this.routes = routes;
        this.platform = platform;
        this.options = new HttpServerOptions()
                .setHost(settings.bind())
                .setPort(settings.port())
                .setAcceptBacklog(4096)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(settings.limits().headerBytes())
                .setMaxInitialLineLength(settings.limits().urlBytes())
                .setMaxChunkSize(CHUNK_BYTES)
                .setDecompressionSupported(false)
                .setCompressionSupported(false);
    }

    @Override
    public Future<?> start() {
        HttpClientOptions upstream = new HttpClientOptions()
                .setKeepAlive(true)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setConnectTimeout(3_000)
                .setMaxHeaderSize(256 * 1024)
                .setMaxInitialLineLength(16 * 1024)
                .setMaxChunkSize(CHUNK_BYTES)
                .setDecompressionSupported(false);
        pool = new UpstreamPool(vertx.httpClientBuilder().with(upstream).build());
        server = vertx.createHttpServer(options)
                .connectionHandler(this::welcome)
                .requestHandler(this::handle)
                .invalidRequestHandler(this::refuseBroken)
                .exceptionHandler(broken -> {});
        vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
        return server.listen();
    }

    /// Takes no new connection and no new request; those in flight go on, for at most so long.
    Future<Void> shutdown(Duration most) {
        return server == null ? Future.succeededFuture() : server.shutdown(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Every connection ends with its next answer. Completes when none waits for a request any more.
    Future<Void> leave() {
        context.runOnContext(now -> leaving = true); // after what waits there for its welcome
        return left.future();
    }

    /// After [#leave]: completes when there is no connection any more.
    Future<Void> empty() {
        return emptied.future();
    }

    private void welcome(HttpConnection connection) {
        if (visitors.size() >= MOST_CONNECTIONS) {
            connection.close();
            return;
        }
        StrictDecoder.install(connection, options);
        visitors.put(connection, new Visitor());
        connection.closeHandler(gone -> visitors.remove(connection));
    }

    private void handle(HttpServerRequest request) {
        switch (RequestCheck.check(request)) {
            case RequestCheck.Result.Refused(ErrorPage page) -> refuse(request, page);
            case RequestCheck.Result.Accepted(HostHeader host) -> begin(request, host);
        }
    }

    private void begin(HttpServerRequest request, HostHeader host) {
        Visitor visitor = visitors.get(request.connection());
        UpstreamPool connections = pool;
        if (visitor == null || visitor.refused || connections == null) {
            request.connection().close();
            return;
        }
        Backend backend = switch (Destination.of(host, settings.domain())) {
            case Destination.Platform() ->
                new Backend.Platform(platform, settings.limits().platformIdle());
            case Destination.App(String name) ->
                new Backend.App(routes, name, host.name(), settings.limits().appIdle());
            case Destination.Stranger() ->
                new Backend.App(routes, "", host.name(), settings.limits().appIdle());
        };
        HeaderRules.Client client = new HeaderRules.Client(
                request.remoteAddress().hostAddress(),
                request.getHeader(HttpHeaders.HOST),
                host.port() < 0 ? 80 : host.port());
        Exchange exchange = new Exchange(request, client, backend, connections, new Exchange.Door() {
            @Override
            public boolean leaving() {
                return leaving;
            }

            @Override
            public void finished() {
                visitor.exchange = null;
                visitor.idleSince = System.nanoTime();
            }
        });
        visitor.exchange = exchange;
        exchange.start();
    }

    private void refuse(HttpServerRequest request, ErrorPage page) {
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
        if (visitors.values().stream().allMatch(visitor -> visitor.exchange != null)) {
            left.tryComplete();
        }
        if (visitors.isEmpty()) {
            emptied.tryComplete();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Map.Entry<HttpConnection, Visitor> visitor : Map.copyOf(visitors).entrySet()) {
            Exchange exchange = visitor.getValue().exchange;
            if (exchange != null) {
                exchange.checkIdle(now, settings.limits().tunnelIdle());
            } else if (now - visitor.getValue().idleSince
                    > (leaving ? LEAVING_IDLE : settings.limits().keepAlive()).toNanos()) {
                visitor.getKey().close();
            }
        }
        if (leaving) {
            tellWhoLeft();
        }
        if (pool != null) {
            pool.sweep();
        }
    }
}
