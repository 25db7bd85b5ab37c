package dev.slipway.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.probe.ListeningSockets.Listener;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where an app is looked for that doesn't listen on port 8080: what it listens on second by second, and the
/// port that is found at last with a patience of two seconds.
class PortSearchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3000                                   |
            3000, 3000                             |
            3000, 3000, 3000                       | 3000
            0 , 0, 3000, 3000, 3000                | 3000
            9090, 9090, 9090+8080                  |
            9090, 9090, 3000, 3000                 |
            9090, 9090, 3000, 3000, 3000           | 3000
            3000+4000, 3000+4000, 3000+4000        |
            3000+4000, 3000+4000, 4000, 4000, 4000 | 4000
            8080, 8080, 8080                       |
            lo:3000, lo:3000, lo:3000              |
            lo:9229+3000, lo:9229+3000, 3000       | 3000
            """)
    void theOnlyReachablePortIsFoundWhenItStays(String seconds, Integer found) {
        PortSearch search = new PortSearch(8080, Duration.ofSeconds(2));
        Instant now = Instant.EPOCH;
        OptionalInt last = OptionalInt.empty();
        for (String second : seconds.split(",")) {
            last = search.look(listeners(second.strip()), now);
            now = now.plusSeconds(1);
        }
        assertThat(last).isEqualTo(found == null ? OptionalInt.empty() : OptionalInt.of(found));
    }

    private static List<Listener> listeners(String second) {
        return Arrays.stream(second.split("\\+"))
                .filter(port -> !port.equals("0"))
                .map(port -> port.startsWith("lo:")
                        ? new Listener("127.0.0.1", Integer.parseInt(port.substring(3)), true)
                        : new Listener("0.0.0.0", Integer.parseInt(port), false))
                .toList();
    }
}
