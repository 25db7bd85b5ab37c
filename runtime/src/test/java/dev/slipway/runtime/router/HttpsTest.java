package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.testing.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class HttpsTest extends SecureFixture {

    @Test
    void anAppIsToldThatItsVisitorCameByHttps() throws IOException {
        app("shop", Upstream.echo());
        RawHttp connection = connect("shop.test").send("GET /x HTTP/1.1", "Host: shop.test:" + httpsPort, "");
        RawHttp.Head head = connection.head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.field("Strict-Transport-Security")).contains("max-age=3600");
        assertThat(connection.body(head))
                .contains("X-Forwarded-Proto: https")
                .contains("X-Forwarded-Port: " + httpsPort)
                .contains("Host: shop.test:" + httpsPort);
    }

    @Test
    void plainVisitorsAreSentToHttpsAndNoStrictnessIsSaidThere() throws IOException {
        app("shop", Upstream.echo());
        RawHttp plain = RawHttp.connect(port).send("GET /x?y HTTP/1.1", "Host: shop.test:" + port, "");
        resources.add(plain);
        RawHttp.Head head = plain.head();
        assertThat(head.status()).isEqualTo(308);
        assertThat(head.field("Location")).contains("https://shop.test:" + httpsPort + "/x?y");
        assertThat(head.field("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void aRenewedCertificateIsShownToTheNextVisitorWhileOldConnectionsGoOn() throws IOException {
        app("shop", Upstream.echo());
        RawHttp old = connect("shop.test");
        assertThat(old.body(old.send("GET / HTTP/1.1", "Host: shop.test", "").head()))
                .isNotEmpty();
        TestCertificates.Issued renewed = AUTHORITY.issue("shop.test");
        show("shop", renewed);
        try (SSLSocket next = handshake("shop.test", "http/1.1")) {
            assertThat(shown(next)).isEqualTo(renewed.chain().getFirst());
        }
        assertThat(old.send("GET / HTTP/1.1", "Host: shop.test", "").head().status())
                .isEqualTo(200);
    }

    @Test
    void aNameWithoutACertificateGetsNone() throws IOException {
        app("shop", Upstream.echo());
        assertThatThrownBy(() -> handshake("other.test", "http/1.1").close()).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> handshake("", "http/1.1").close()).isInstanceOf(SSLException.class);
        // and others go on
        assertThat(connect("shop.test")
                        .send("GET / HTTP/1.1", "Host: shop.test", "")
                        .head()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void eachNameShowsItsOwnAndRsaKeysDoToo() throws IOException {
        TestCertificates.Issued rsa =
                AUTHORITY.issue(TestCertificates.rsaKey(2048), Instant.now().plus(Duration.ofDays(9)), "*.wild.test");
        TestCertificates.Issued ec = AUTHORITY.issue("named.wild.test");
        routes.front(new FrontRules(
                Domains.NONE,
                new Certificates(Map.of(
                        "*.wild.test", List.of(new Certificates.Entry("1", rsa.key(), rsa.chain())),
                        "named.wild.test", List.of(new Certificates.Entry("2", ec.key(), ec.chain())))),
                Map.of()));
        try (SSLSocket any = handshake("any.wild.test", "http/1.1");
                SSLSocket named = handshake("named.wild.test", "http/1.1")) {
            assertThat(shown(any)).isEqualTo(rsa.chain().getFirst());
            assertThat(shown(named)).isEqualTo(ec.chain().getFirst());
        }
    }

    @Test
    void brokenRequestsAreRefusedAsOverHttp() throws IOException {
        Upstream shop = app("shop", Upstream.echo());
        RawHttp connection = connect("shop.test")
                .write(
                        "POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertThat(connection.head().status()).isEqualTo(400);
        assertThat(shop.connections()).isZero();
    }
}
