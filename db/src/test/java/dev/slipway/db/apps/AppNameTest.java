package dev.slipway.db.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "shop",
                "shop-2",
                "0",
                "a--b",
                "a23456789012345678901234567890123456789012345678901234567890123"
            })
    void aDnsLabelIsAName(String name) {
        assertThat(new AppName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a.b",
                "a_b",
                "ä",
                "a b",
                "a/b",
                "a\n",
                "../a",
                "a234567890123456789012345678901234567890123456789012345678901234"
            })
    void anythingElseIsRefusedWithASentence(String name) {
        assertThatThrownBy(() -> new AppName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("part of its address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "git", "www", "v2", "localhost"})
    void thePlatformsOwnNamesAreReserved(String name) {
        assertThatThrownBy(() -> new AppName(name)).hasMessageContaining("reserved");
    }
}
