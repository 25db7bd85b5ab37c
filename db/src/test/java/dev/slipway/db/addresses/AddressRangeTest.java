package dev.slipway.db.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, fe80::1, true",
        "::ffff:10.0.0.0, 10.0.0.0, true",
    })
    void holdsWhatHasItsFirstBits(String range, String address, boolean held) {
        assertThat(AddressRange.parse(range)
                        .contains(AddressRange.literal(address).orElseThrow()))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "192.0.2.129/25, 192.0.2.128/25",
        "192.0.2.1/32, 192.0.2.1",
        "2001:DB8::1/32, 2001:db8::/32",
        "::1, ::1",
        "::/0, ::/0",
        "2001:db8:1:0:0:7:0:8, 2001:db8:1::7:0:8",
    })
    void isWrittenInOneWay(String written, String text) {
        assertThat(AddressRange.parse(written)).hasToString(text).isEqualTo(AddressRange.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0",
                "300.0.0.1",
                "::1/129",
                "example.com",
                "1.2.3.4:80",
                "fe80::1%eth0",
                " 10.0.0.1"
            })
    void whatIsNoneIsSaid(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("203.0.113.7, 10.0.0.0/8");
    }
}
