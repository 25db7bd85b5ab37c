package dev.slipway.runtime.router;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTrafficTest extends RouterFixture {
    @Test
    void requestsOfAppsAreCountedAndThoseForNamesNobodyHasArent() throws IOException {
        app("shop", Upstream.saying("the shop"));
        routes.put(new AppRoute("gone", AppRoute.Status.LIVE, List.of(new Target("gone-1", "127.0.0.1", 1))));
        for (String host : List.of("shop", "shop", "gone", "nobody", "shop")) {
            try (RawHttp connection = RawHttp.connect(port)) {
                connection.body(connection
                        .send("GET / HTTP/1.1", "Host: " + host + ".example.test", "")
                        .head());
            }
        }
        Map<String, List<Integer>> counted = new HashMap<>();
        await().until(() -> {
            routes.traffic()
                    .drain()
                    .forEach((app, counts) -> counted.merge(
                            app,
                            List.of(counts.classes()[2], counts.classes()[5]),
                            (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1))));
            return counted.equals(Map.of("shop", List.of(3, 0), "gone", List.of(0, 1)));
        });
    }
}
