package dev.slipway.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentRulesTest {
    @Test
    void aChangeSetsRemovesAndLeavesTheRest() {
        Map<String, String> change = new HashMap<>();
        change.put("A", "2");
        change.put("B", null);
        change.put("GONE", null);
        assertThat(EnvironmentRules.change(Map.of("A", "1", "B", "1", "C", "1"), change))
                .isEqualTo(Map.of("A", "2", "C", "1"));
        assertThat(ConfigService.summary(Map.of("A", "1", "B", "1", "C", "1"), Map.of("A", "2", "C", "1", "D", "x")))
                .isEqualTo("A, D set; B removed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A B", "A-B", "A=B", "Ä", "A\nB", "PORT"})
    void namesThatCannotBeAreRefused(String name) {
        assertThatThrownBy(() -> EnvironmentRules.change(Map.of(), Map.of(name, "s3cret")))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void valuesHaveLimits() {
        assertThatThrownBy(() -> EnvironmentRules.change(Map.of(), Map.of("A", "x".repeat(40_000))))
                .hasMessageContaining("value of A is larger than 32 KiB");
        assertThatThrownBy(() -> EnvironmentRules.change(Map.of(), Map.of("A", "x\0y")))
                .hasMessageContaining("NUL");
        Map<String, String> many = new HashMap<>();
        IntStream.range(0, 501).forEach(i -> many.put("A" + i, "x"));
        assertThatThrownBy(() -> EnvironmentRules.change(Map.of(), new HashMap<>(many)))
                .hasMessageContaining("at most 500");
        Map<String, String> large = new HashMap<>();
        IntStream.range(0, 9).forEach(i -> large.put("A" + i, "x".repeat(32_000)));
        assertThatThrownBy(() -> EnvironmentRules.change(Map.of(), new HashMap<>(large)))
                .hasMessageContaining("256 KiB");
        assertThat(EnvironmentRules.change(Map.of(), Collections.emptyMap())).isEmpty();
    }
}
