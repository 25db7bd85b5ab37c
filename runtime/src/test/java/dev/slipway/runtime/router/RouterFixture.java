package dev.slipway.runtime.router;

import dev.slipway.db.testing.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A real router on a free port. Its limits are short, but an app has the time that a busy machine takes; tests of
/// that limit have an `impatient` router.
@Timeout(60)
abstract class RouterFixture {
    static final FrontDoorSettings.Limits LIMITS = new FrontDoorSettings.Limits(
            8 * 1024,
            4 * 1024,
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    final Routes routes = new Routes();
    final List<AutoCloseable> resources = new ArrayList<>();
    final int platformPort = FreePort.take();
    final int port = FreePort.take();
    final Router router =
            Router.start(new FrontDoorSettings("127.0.0.1", port, "example.test", platformPort, LIMITS), routes);

    @AfterEach
    void closeAll() throws Exception {
        router.close();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    Upstream app(String name, Upstream upstream) {
        resources.add(upstream);
        routes.put(new AppRoute(name, AppRoute.Status.LIVE, List.of(upstream.target(name + "-1"))));
        return upstream;
    }

    /// The instance that serves an app.
    Target target(String app) {
        return routes.of(app).orElseThrow().targets().getFirst();
    }

    RawHttp connect() throws IOException {
        return connect(port);
    }

    /// A connection to another router, which serves the same apps and gives them `idle` for an answer.
    RawHttp connectImpatient(Duration idle) throws IOException {
        int other = FreePort.take();
        FrontDoorSettings.Limits limits = new FrontDoorSettings.Limits(
                LIMITS.headerBytes(),
                LIMITS.urlBytes(),
                LIMITS.keepAlive(),
                idle,
                LIMITS.platformIdle(),
                LIMITS.tunnelIdle());
        resources.add(
                Router.start(new FrontDoorSettings("127.0.0.1", other, "example.test", platformPort, limits), routes));
        return connect(other);
    }

    private RawHttp connect(int port) throws IOException {
        RawHttp connection = RawHttp.connect(port);
        resources.add(connection);
        return connection;
    }
}
