package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The router as a whole: the route table and the front doors that read it.
public final class Router implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Router.class);
    private static final int MOST_LOOPS = 4;

    static {
        // for instances' answers, see StrictDecoder; Netty reads it when its decoder is loaded
        System.setProperty("io.netty.handler.codec.http.defaultStrictLineParsing", "false");
    }

    private final Vertx vertx;
    private final Routes routes;
    private final Target platform;
    private final List<FrontDoor> doors = new ArrayList<>();

    private Router(Vertx vertx, Routes routes, FrontDoorSettings settings) {
        this.vertx = vertx;
        this.routes = routes;
        this.platform = new Target("platform", "127.0.0.1", settings.platformPort());
    }

    /// Listens when it returns.
    ///
    /// @throws IllegalStateException when the port can't be had
    public static Router start(FrontDoorSettings settings, Routes routes) {
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_LOOPS);
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setPreferNativeTransport(true)
                        .setEventLoopPoolSize(loops)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(1)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .build();
        if (vertx.isNativeTransportEnabled()) {
            log.info("front door: native epoll is on");
        } else {
            log.warn(
                    "front door: native epoll isn't available, so requests cost more",
                    vertx.unavailableNativeTransportCause());
        }
        Router router = new Router(vertx, routes, settings);
        try {
            List<Future<?>> started = new ArrayList<>();
            for (int i = 0; i < loops; i++) {
                FrontDoor door = new FrontDoor(settings, routes, router.platform);
                router.doors.add(door);
                started.add(vertx.deployVerticle(door));
            }
            Future.all(started).await(20, TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException e) {
            router.close();
            throw new IllegalStateException(
                    "can't listen on " + settings.bind() + ":" + settings.port() + ": " + e.getMessage(), e);
        }
        log.info("front door: listens on {}:{}", settings.bind(), settings.port());
        return router;
    }

    public Routes routes() {
        return routes;
    }

    /// Stops accepting, tells WebSockets to go elsewhere, and returns when the last answer was sent or `most`
    /// is over.
    public void drain(Duration most) {
        List<Future<Void>> ends =
                doors.stream().map(door -> door.shutdown(most)).toList();
        platform.drain();
        routes.all().forEach(route -> route.targets().forEach(Target::drain));
        try {
            Future.join(ends).await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.info("front door: some requests took longer than {} s and were cut off", most.toSeconds());
        }
    }

    @Override
    public void close() {
        try {
            vertx.close().await(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.warn("the front door didn't close in time");
        }
    }
}
