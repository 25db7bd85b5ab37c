package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.testing.FreePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Visitors who don't read, at a router that has little memory.
class StalledTransfersTest extends RouterFixture {
    private static final long HEAP = 24 << 20;
    private static final int FIT = (int) (HEAP / 4 / Capacity.TRANSFER);
    private static final String[] GET = {"GET / HTTP/1.1", "Host: shop.example.test", ""};

    private final int narrowPort = FreePort.take();

    private RawHttp ask(String... request) throws IOException {
        RawHttp visitor = RawHttp.connect(narrowPort).send(request);
        resources.add(visitor);
        return visitor;
    }

    @BeforeEach
    void startNarrow() {
        resources.add(Router.start(
                new FrontDoorSettings("127.0.0.1", narrowPort, "example.test", platformPort, LIMITS),
                routes,
                InheritedSockets.NONE,
                HEAP));
    }

    @Test
    void thoseThatHaveWaitedLongestAreCutOffAndWhoReadsGoesOn() throws IOException {
        app("shop", Upstream.endless());
        Target shop = target("shop");
        RawHttp first = ask(GET);
        for (int i = 0; i < 2 * FIT; i++) {
            ask(GET).head();
        }
        await().until(() -> shop.inFlight() <= FIT);
        assertThat(shop.inFlight()).isPositive();
        RawHttp reading = ask(GET);
        reading.head();
        reading.skip(100 << 20);
        assertThatThrownBy(() -> first.skip(Long.MAX_VALUE)).isInstanceOf(IOException.class);
    }

    @Test
    void uploadsThatWaitForTheirAppCountByWhatTheyBring() throws IOException {
        routes.put(new AppRoute("shop", AppRoute.Status.CHANGING, List.of()));
        List<RawHttp> patient = new ArrayList<>();
        for (int i = 0; i < FIT; i++) {
            patient.add(ask("POST / HTTP/1.1", "Host: shop.example.test", "Content-Length: 4", ""));
        }
        await().until(() -> routes.waiting("shop") == FIT);
        RawHttp first = ask("POST / HTTP/1.1", "Host: shop.example.test", "Content-Length: 1000000000", "");
        await().until(() -> routes.waiting("shop") == FIT + 1);
        for (int i = 0; i < 2 * FIT; i++) {
            ask("POST / HTTP/1.1", "Host: shop.example.test", "Transfer-Encoding: chunked", "");
        }
        assertThat(first.head().status()).isEqualTo(503);
        await().until(() -> routes.waiting("shop") <= 2 * FIT);
        app("shop", Upstream.echo());
        for (RawHttp visitor : patient) {
            assertThat(visitor.write("body").head().status()).isEqualTo(200);
        }
    }
}
