package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What doesn't get past the front door.
class RouterRefusalTest extends RouterFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: +4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nHost: shop.example.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: shop.example.test\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: shop.example.test\r\nHost: blog.example.test\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: shop.example.test/../blog\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@shop.example.test\r\n\r\n",
                "GET http://blog.example.test/ HTTP/1.1\r\nHost: shop.example.test\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: shop.example.test\r\n\r\n",
                "CONNECT shop.example.test:22 HTTP/1.1\r\nHost: shop.example.test:22\r\n\r\n",
                "GET / HTTP/1.1\nHost: shop.example.test\n\n",
                "GET / HTTP/1.1\r\nHost: shop.example.test\nX-A: b\r\n\r\n",
                "GARBAGE\r\n\r\n"
            })
    void whatCanBeReadInTwoWaysIsRefused(String request) throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        RawHttp connection = connect().write(request);
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(400);
        assertThat(head.field("Connection")).contains("close");
        connection.body(head);
        assertThat(connection.ended()).isTrue();
        assertThat(shop.connections()).isZero();
    }

    @Test
    void aSmuggledSecondRequestIsNeverSeen() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        RawHttp connection = connect()
                .write(
                        "POST / HTTP/1.1\r\nHost: shop.example.test\r\nContent-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: shop.example.test\r\n\r\n");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(400);
        connection.body(head);
        assertThat(connection.ended()).isTrue();
        assertThat(shop.connections()).isZero();
    }

    @Test
    void headersAndAddressesAreLimited() throws IOException {
        app("shop", Upstream.echo());
        RawHttp large = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "X-Large: " + "x".repeat(9000), "");
        assertThat(large.head().status()).isEqualTo(431);
        RawHttp many = connect().send("GET / HTTP/1.1", "Host: shop.example.test", "X-A: b\r\n".repeat(1500), "");
        assertThat(many.head().status()).isEqualTo(431);
        RawHttp longUrl = connect().send("GET /" + "x".repeat(5000) + " HTTP/1.1", "Host: shop.example.test", "");
        assertThat(longUrl.head().status()).isEqualTo(414);
    }

    @Test
    void aConnectionThatSendsNoRequestIsClosed() throws IOException {
        RawHttp silent = connect();
        RawHttp dribbling = connect().write("GET / HTTP/1.1\r\nHost: shop");
        assertThat(silent.ended()).isTrue();
        assertThat(dribbling.ended()).isTrue();
    }

    @Test
    void eachStateOfAnAppHasItsPage() throws IOException {
        routes.put(new AppRoute("fresh", AppRoute.Status.EMPTY, List.of()));
        routes.put(new AppRoute("rising", AppRoute.Status.STARTING, List.of()));
        routes.put(new AppRoute("fallen", AppRoute.Status.LIVE, List.of()));
        routes.put(new AppRoute("off", AppRoute.Status.STOPPED, List.of()));
        assertThat(page("nobody", 404)).contains("No app here").contains("nobody.example.test");
        assertThat(page("fresh", 503)).contains("fresh isn&#39;t deployed yet".replace("&#39;", "'"));
        assertThat(page("rising", 503)).contains("rising is starting").contains("http-equiv=\"refresh\"");
        assertThat(page("fallen", 503)).contains("fallen is down").contains("dashboard");
        assertThat(page("off", 503)).contains("off is stopped");
        RawHttp stranger = connect().send("GET / HTTP/1.1", "Host: evil.example.com", "");
        assertThat(stranger.head().status()).isEqualTo(404);
        RawHttp deep = connect().send("GET / HTTP/1.1", "Host: a.fallen.example.test", "");
        assertThat(deep.head().status()).isEqualTo(404);
    }

    private String page(String app, int status) throws IOException {
        RawHttp connection =
                connect().send("GET / HTTP/1.1", "Host: " + app + ".example.test", "Accept: text/html,*/*;q=0.8", "");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(status);
        assertThat(head.field("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(head.field("Cache-Control")).contains("no-store");
        assertThat(head.field("Retry-After").isPresent()).isEqualTo(status == 503);
        return connection.body(head);
    }

    @Test
    void programsGetPlainTextOrJson() throws IOException {
        RawHttp connection = connect();
        RawHttp.Head plain = connection
                .send("GET / HTTP/1.1", "Host: nobody.example.test", "")
                .head();
        assertThat(plain.field("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(connection.body(plain)).startsWith("No app here. There is no app at nobody.example.test.");
        RawHttp.Head json = connection
                .send("GET / HTTP/1.1", "Host: nobody.example.test", "Accept: application/json", "")
                .head();
        assertThat(json.field("Content-Type")).contains("application/problem+json");
        assertThat(connection.body(json)).contains("\"status\":404");
        RawHttp.Head head = connection
                .send("HEAD / HTTP/1.1", "Host: nobody.example.test", "")
                .head();
        assertThat(head.status()).isEqualTo(404);
        assertThat(connection
                        .send("GET / HTTP/1.1", "Host: nobody.example.test", "")
                        .head()
                        .status())
                .isEqualTo(404);
    }
}
