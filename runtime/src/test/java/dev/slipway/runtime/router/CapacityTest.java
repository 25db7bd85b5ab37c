package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {
    @ParameterizedTest
    @CsvSource({"96, 1", "192, 2", "1024, 4"})
    void allLoopsTogetherFitIntoTheHeap(long megabytes, int loops) {
        long heap = megabytes << 20;
        Capacity each = Capacity.of(heap, loops);
        assertThat(each.connections()).isGreaterThan(1_000);
        assertThat(loops
                        * (each.connections() * Capacity.CONNECTION
                                + each.exchanges() * Capacity.EXCHANGE
                                + each.stalled()))
                .isBetween(heap / 2, heap * 3 / 4);
    }
}
