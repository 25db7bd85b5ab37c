package dev.slipway.db.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com",
        "' Shop.Example.COM. ', shop.example.com",
        "*.example.com, *.example.com",
        "Müller.example, xn--mller-kva.example",
        "*.MÜLLER.example, *.xn--mller-kva.example",
        "xn--mller-kva.example, xn--mller-kva.example",
        "_acme.example.com, _acme.example.com",
        "1.example.com, 1.example.com",
        "пример.испытание, xn--e1afmkfd.xn--80akhbyknj4f",
    })
    void isOneNameInAllSpellings(String written, String name) {
        assertThat(HostName.of(written).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "shop",
                "shop..example.com",
                ".example.com",
                "*",
                "*.com",
                "*.*.example.com",
                "a.*.example.com",
                "shop.example.com:80",
                "https://shop.example.com",
                "shop.example.com/x",
                "-a.example.com",
                "a-.example.com",
                "a b.example.com",
                "127.0.0.1",
                "0x7f.1",
                "10.0.0.0x1",
                "[::1]",
                "user@example.com",
                "a\u0000.example.com",
                "..example.com",
                "exa\tmple.com"
            })
    void refusesWhatIsNone(String written) {
        assertThatThrownBy(() -> HostName.of(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLettersThatAreReadInTwoWays() {
        assertThatThrownBy(() -> HostName.of("faß.example")).hasMessageContaining("xn--");
        assertThat(HostName.of("xn--fa-hia.example").value()).isEqualTo("xn--fa-hia.example");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> HostName.of("a".repeat(64) + ".example.com"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HostName.of("a.".repeat(130) + "com")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isReadInItsScript() {
        assertThat(HostName.of("xn--mller-kva.example").readable()).isEqualTo("müller.example");
        assertThat(HostName.of("*.xn--mller-kva.example").readable()).isEqualTo("*.müller.example");
    }

    @Test
    void knowsWhatItIsWithin() {
        assertThat(HostName.of("a.b.example.com").within("example.com")).isTrue();
        assertThat(HostName.of("example.com").within("example.com")).isTrue();
        assertThat(HostName.of("*.example.com").within("example.com")).isTrue();
        assertThat(HostName.of("anexample.com").within("example.com")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"api, /api", "/api/, /api", "/, /", "'', /", "/a/b.c~d/, /a/b.c~d"})
    void aPathIsOneInAllSpellings(String written, String path) {
        assertThat(PathPrefix.of(written).value()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a//b", "/a/../b", "/..", "/./a", "/a?b", "/a#b", "/a b", "/%61", "/ä", "/a\r\nb"})
    void refusesPathsThatCouldBeReadOtherwise(String written) {
        assertThatThrownBy(() -> PathPrefix.of(written)).isInstanceOf(IllegalArgumentException.class);
    }
}
