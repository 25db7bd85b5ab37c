package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com, -1, false",
        "Shop.Example.COM.:8080, shop.example.com, 8080, false",
        "localhost:1, localhost, 1, false",
        "a_b-c.test, a_b-c.test, -1, false",
        "127.0.0.1, 127.0.0.1, -1, true",
        "127.0.0.1:99999, 127.0.0.1, 99999, true",
        "1.2.3.4.5, 1.2.3.4.5, -1, false",
        "1shop.test, 1shop.test, -1, false",
        "[::1], ::1, -1, true",
        "[2001:db8::1]:443, 2001:db8::1, 443, true",
    })
    void isReadAsItIsMeant(String value, String name, int port, boolean literal) {
        assertThat(HostHeader.parse(value)).contains(new HostHeader(value, name, port, literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "shop:",
                "shop:123456",
                "shop:8o",
                "shop:+1",
                "shop:-1",
                "sh op",
                "shop/x",
                "user@shop",
                "shop:80:80",
                "[",
                "[]",
                "[::1",
                "[::1]x",
                "[::1]:",
                "[g::1]",
                "::1",
                "shop\r\n",
                "sh\u00f6p",
                "a,b"
            })
    void whatIsNoneIsRefused(String value) {
        assertThat(HostHeader.parse(value)).isEmpty();
    }

    @org.junit.jupiter.api.Test
    void aNameThatIsTooLongIsRefused() {
        assertThat(HostHeader.parse("a".repeat(253))).isPresent();
        assertThat(HostHeader.parse("a".repeat(254))).isEmpty();
    }
}
