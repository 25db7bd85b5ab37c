package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
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
    static final int MOST_LOOPS = 4;

    static {
        // for instances' answers, see StrictDecoder; Netty reads it when its decoder is loaded
        System.setProperty("io.netty.handler.codec.http.defaultStrictLineParsing", "false");
    }

    private final Vertx vertx;
    private final Routes routes;
    private final Target platform;
    private final DoorTransport transport;
    private final PasswordCheck passwords = new PasswordCheck();
    private final List<FrontDoor> doors = new ArrayList<>();

    private Router(Vertx vertx, DoorTransport transport, Routes routes, FrontDoorSettings settings) {
        this.vertx = vertx;
        this.transport = transport;
        this.routes = routes;
        this.platform = new Target("platform", "127.0.0.1", settings.platformPort());
    }

    /// On sockets of its own.
    public static Router start(FrontDoorSettings settings, Routes routes) {
        return start(settings, routes, InheritedSockets.NONE);
    }

    /// Listens when it returns.
    ///
    /// @param inherited is used where it has the settings' ports
    /// @throws IllegalStateException when the port can't be had
    public static Router start(FrontDoorSettings settings, Routes routes, InheritedSockets inherited) {
        return start(settings, routes, inherited, Runtime.getRuntime().maxMemory());
    }

    /// @param heap bytes that it may count on
    static Router start(FrontDoorSettings settings, Routes routes, InheritedSockets inherited, long heap) {
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_LOOPS);
        DoorTransport transport = new DoorTransport(inherited);
        VertxBuilder builder = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(loops)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(1)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)));
        Vertx vertx = (transport.isAvailable() ? builder.withTransport(transport.forVertx()) : builder).build();
        if (vertx.isNativeTransportEnabled()) {
            log.info("front door: native epoll is on");
        } else {
            log.warn(
                    "front door: native epoll isn't available, so requests cost more",
                    vertx.unavailableNativeTransportCause());
        }
        Router router = new Router(vertx, transport, routes, settings);
        try {
            List<Future<?>> started = new ArrayList<>();
            Capacity capacity = Capacity.of(heap, loops);
            for (int i = 0; i < loops; i++) {
                FrontDoor door = new FrontDoor(settings, routes, router.platform, router.passwords, capacity);
                router.doors.add(door);
                started.add(vertx.deployVerticle(door));
            }
            Future.all(started).await(20, TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException e) {
            router.close();
            throw new IllegalStateException(
                    "can't listen on " + settings.bind() + ":" + settings.ports() + ": " + e.getMessage(), e);
        }
        log.info(
                "front door: listens on {}:{}{}",
                settings.bind(),
                settings.ports(),
                inherited.has(settings.port()) ? ", which was open already" : "");
        return router;
    }

    public Routes routes() {
        return routes;
    }

    /// Leaves the door to another router that listens on the same inherited sockets: accepts no connection any
    /// more, tells WebSockets and, with their next answer, all others to connect anew. Returns when no new
    /// request can come, or after `most`; requests in flight go on.
    public void leave(Duration most) {
        transport.stopAccepting();
        await(doors.stream().map(FrontDoor::leave).toList(), most);
    }

    /// After [#leave]: returns when the last answer was sent and its connection has ended, or after `most`.
    ///
    /// @return false when the time is over
    public boolean awaitLastAnswer(Duration most) {
        return await(doors.stream().map(FrontDoor::empty).toList(), most);
    }

    private static boolean await(List<? extends Future<?>> ends, Duration most) {
        try {
            Future.join(ends).await(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            log.info("front door: after {} s there are still requests in flight", most.toSeconds());
            return false;
        }
    }

    /// Stops accepting, tells WebSockets to go elsewhere, and returns when the last answer was sent or `most`
    /// is over.
    public void drain(Duration most) {
        List<Future<?>> ends =
                doors.stream().<Future<?>>map(door -> door.shutdown(most)).toList();
        platform.drain();
        routes.all().forEach(route -> route.targets().forEach(Target::drain));
        await(ends, most);
    }

    @Override
    public void close() {
        passwords.close();
        try {
            vertx.close().await(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.warn("the front door didn't close in time");
        }
    }
}
