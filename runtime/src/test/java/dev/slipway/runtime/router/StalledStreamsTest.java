package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.testing.FreePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A client of HTTP/2 that asks for much and takes nothing, at a router that has little memory.
class StalledStreamsTest extends SecureFixture {
    private static final long HEAP = 24 << 20;
    private static final int FIT = (int) (HEAP / 4 / Capacity.TRANSFER);

    @Test
    void theOldestOfTooManyAreCutOffAndOthersAreServed() throws IOException {
        int narrowPort = FreePort.take();
        resources.add(Router.start(
                new FrontDoorSettings(
                        new FrontDoorSettings.Listen("127.0.0.1", FreePort.take(), narrowPort, false),
                        "example.test",
                        FreePort.take(),
                        RouterFixture.LIMITS),
                routes,
                InheritedSockets.NONE,
                HEAP));
        app("shop", Upstream.endless());
        Target shop = routes.of("shop").orElseThrow().targets().getFirst();
        RawH2 greedy = new RawH2(handshake(narrowPort, "shop.test", "h2"));
        resources.add(greedy);
        greedy.initialWindow(0);
        List<Integer> streams = new ArrayList<>();
        for (int i = 0; i < 3 * FIT; i++) {
            streams.add(greedy.get("shop.test:" + narrowPort, "/"));
        }
        for (int i = 0; i < FIT; i++) {
            assertThat(greedy.answer(streams.get(i)).reset).isPositive();
        }
        await().until(() -> shop.inFlight() <= FIT);
        assertThat(shop.inFlight()).isPositive();

        app("shop", Upstream.saying("hello"));
        RawHttp other = new RawHttp(handshake(narrowPort, "shop.test", "http/1.1"));
        resources.add(other);
        other.send("GET / HTTP/1.1", "Host: shop.test:" + narrowPort, "");
        assertThat(other.body(other.head())).isEqualTo("hello");
    }
}
