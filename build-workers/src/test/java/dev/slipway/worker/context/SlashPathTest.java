package dev.slipway.worker.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlashPathTest {
    @ParameterizedTest
    @CsvSource({
        "'', .",
        "abc, abc",
        "abc/def, abc/def",
        "., .",
        ".., ..",
        "../.., ../..",
        "../../abc, ../../abc",
        "/abc, /abc",
        "/, /",
        "abc/, abc",
        "a//b//c/, a/b/c",
        "abc/./def, abc/def",
        "/./abc, /abc",
        "abc/.., .",
        "abc/def/../ghi, abc/ghi",
        "/../abc, /abc",
        "abc/../../def, ../def",
        "//x, /x",
        "a/b/../.., .",
    })
    void pathsAreCleanedAsGoDoes(String path, String clean) {
        assertThat(SlashPath.clean(path)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "., ''", "/, ''", "./a/b/, a/b", "/a, a", "a/../b, b"})
    void aPathStaysInsideItsTree(String path, String inside) {
        assertThat(SlashPath.inside(path)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../../x"})
    void aPathThatLeadsOutIsRefused(String path) {
        assertThatThrownBy(() -> SlashPath.inside(path)).isInstanceOf(IllegalArgumentException.class);
    }
}
