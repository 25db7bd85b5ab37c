package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.testing.FreePort;
import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.FrontDoorSettings;
import dev.slipway.runtime.router.Router;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.router.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RouteFileTest {
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    @Test
    void aRequestThatWaitsOverARestartGoesOnWhenTheNextRunHasATarget(@TempDir Path home) throws Exception {
        HttpServer instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        instance.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        instance.start();
        RouteFile file = new RouteFile(home);
        Routes before = new Routes();
        before.put(new AppRoute("shop", AppRoute.Status.CHANGING, List.of()));
        file.save(before);

        Routes restored = new Routes();
        file.load(restored);
        int port = FreePort.take();
        var settings = new FrontDoorSettings("127.0.0.1", port, "localhost", 1, FrontDoorSettings.Limits.DEFAULT);
        try (Router router = Router.start(settings, restored)) {
            CompletableFuture<HttpResponse<Void>> answer = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .header("Host", "shop.localhost")
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            await().until(() -> router.routes().waiting() == 1);

            Routes next = new Routes();
            Target target =
                    new Target("shop-1", "127.0.0.1", instance.getAddress().getPort());
            next.put(new AppRoute("shop", AppRoute.Status.LIVE, List.of(target)));
            new RouteFile(home).save(next);
            assertThat(answer).isNotDone();
            file.load(restored);
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
        } finally {
            instance.stop(0);
        }
    }
}
