package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private static final Addresses PROXIES = address -> address.getHostAddress().startsWith("10.");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // peer | X-Forwarded-For | who it is
                "6.6.6.6 | 1.2.3.4 | 6.6.6.6",
                "10.0.0.1 | 1.2.3.4 | 1.2.3.4",
                "10.0.0.1 | 6.6.6.6, 1.2.3.4 | 1.2.3.4",
                "10.0.0.1 | 6.6.6.6, 1.2.3.4, 10.0.0.2 | 1.2.3.4",
                "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "10.0.0.1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "10.0.0.1 | ::ffff:1.2.3.4 | 1.2.3.4",
                "10.0.0.1 | '' | 10.0.0.1",
                "10.0.0.1 | unknown | 10.0.0.1",
                "10.0.0.1 | 1.2.3.4, <script>, 10.0.0.2 | 10.0.0.2",
            })
    void theLastAddressThatIsNoTrustedProxys(String peer, String forwarded, String client) {
        assertThat(ClientAddress.of(peer, List.of(forwarded), PROXIES)).isEqualTo(client);
    }

    @Test
    void severalFieldsAreOneListAndNoFieldIsThePeer() {
        assertThat(ClientAddress.of("10.0.0.1", List.of("6.6.6.6", "1.2.3.4"), PROXIES))
                .isEqualTo("1.2.3.4");
        assertThat(ClientAddress.of("10.0.0.1", List.of(), PROXIES)).isEqualTo("10.0.0.1");
    }
}
