package dev.slipway.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsTest {
    @Test
    void whatRulesTurnedAwayIsToldByReason() {
        assertThat(new Totals().text(Map.of(), Map.of("shop", new long[] {3, 0, 2, 1})))
                .contains(
                        "# TYPE slipway_app_turned_away_total counter\n",
                        "slipway_app_turned_away_total{app=\"shop\",reason=\"address\"} 3\n",
                        "slipway_app_turned_away_total{app=\"shop\",reason=\"maintenance\"} 0\n",
                        "slipway_app_turned_away_total{app=\"shop\",reason=\"password\"} 2\n",
                        "slipway_app_turned_away_total{app=\"shop\",reason=\"body\"} 1\n");
    }
}
