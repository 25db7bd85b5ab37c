package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StormTest {
    @ParameterizedTest
    @CsvSource({
        "0, 10", // an answer at once
        "9, 10",
        "19, 10", // one turn late: asks at once, and is on time again with the next
        "20, 10",
        "21, 20",
        "49, 40",
        "50, 50",
        "1234567, 1234560",
    })
    void whoWasHeldUpKeepsTheirPlaceAmongTheOthers(long now, long turn) {
        assertThat(Storm.turnAfter(0, 10, now)).isEqualTo(turn);
        assertThat(Storm.turnAfter(7, 10, now + 7)).isEqualTo(turn + 7);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5"})
    void withoutAPeriodItIsAlwaysTheirTurn(long now, long turn) {
        assertThat(Storm.turnAfter(0, 0, now)).isEqualTo(turn);
    }
}
